-- Passages of evidence that people keep for a theme.

-- The document's name stands in `pinned_document`: a purge blanks such a row and keeps its number, because drafts
-- refer to it; rows of tables with a column `document_id` it deletes.
create table basket_item (
    item_id integer primary key autoincrement,
    theme text not null,                -- '' without a theme
    place integer not null,             -- its order within the theme
    pinned_document text not null,
    version_no integer not null,
    reading_id text not null,
    sha256 text,
    paragraph integer not null,         -- from 0
    start_at integer not null,          -- code points of the masked paragraph
    end_at integer not null,
    words text not null,
    before text not null,
    after text not null,
    stands text not null,               -- the words as a changed reader shows them; '' when as pinned
    title text not null,                -- of the document when it was collected, as the next three
    issuer text,
    number text,
    issued_on text,
    note text not null,
    tags text not null,                 -- JSON
    account text not null references account (name),
    created_at real not null,
    state text not null check (state in ('held', 'attention')),
    concern text not null check (concern in ('', 'lost', 'version', 'ended', 'gone', 'purged')),
    said text not null,
    text_hash text,                     -- of the whole text in which the pin was last found
    settled text not null,              -- JSON: what a person looked at and let stand, by concern
    removed_at real,
    removed_by text references account (name)
) strict;
create index basket_of_theme on basket_item (theme, place);
create index basket_of_document on basket_item (pinned_document);

-- Every change of a pin, the old and the new one: rows are only added, and blanked by a purge.
create table basket_pin (
    pin_id integer primary key autoincrement,
    item_id integer not null references basket_item (item_id),
    at real not null,
    publication_id text,                -- whose text it was; NULL for what a person did
    outcome text not null check (outcome in ('exact', 'moved', 'lost', 'version', 'ended', 'gone', 'back', 'widened', 'renewed')),
    old_pin text not null,              -- JSON
    new_pin text not null,              -- JSON; '' when nothing was found
    said text not null
) strict;
create index pins_of_item on basket_pin (item_id, pin_id);

-- The theme for which somebody collects just now.
create table basket_choice (
    account text primary key references account (name),
    theme text not null,
    at real not null
) strict;
