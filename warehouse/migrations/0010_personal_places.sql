-- Where personal data stands in a text that classification does not read: attached files, former versions, new texts.
create table personal_read (
    text_hash varchar primary key,   -- hash of the text with title, unit and language, which the rules ask for
    rule varchar not null,           -- version of the rules that read it; another version reads it anew
    places varchar not null          -- start:end of each place in code points, joined by commas; empty: none
);
