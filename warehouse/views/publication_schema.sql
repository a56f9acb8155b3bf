-- The tables of published/<id>/facts.duckdb: narrow, read-only, complete in themselves, stable to read.

create table publication (
    publication_id varchar, created_at timestamptz, schema_version integer, documents bigint, sources bigint,
    data_until timestamptz, sample boolean, classifiers varchar[], replayed boolean,
    networks_as_of timestamptz      -- when ranks, communities and cascades were last made; null = never
);

create table document (
    document_id varchar, source_id varchar, url varchar, title varchar,
    document_no integer,            -- in which order documents were put in; only within one publication, and told nowhere
    doc_number varchar,             -- as printed
    number_normal varchar, number_organ varchar, number_year integer, number_serial integer,
    index_number varchar, issuer varchar, published date, written date, effective date,
    doc_type varchar, unit varchar, language varchar,
    jurisdiction varchar, region varchar, level varchar,
    status varchar,                 -- active | withdrawn
    validity varchar,               -- in-force | amended | repealed | expired | unknown
    validity_basis varchar,         -- the sentence or published value; null when unknown
    validity_by varchar,            -- document_id of the repealing or amending document, when held
    in_force_from date,             -- the first day in force: named in the text, else published; null = not known or a draft
    in_force_until date,            -- the last day in force; null = not known, or no end set when in-force or amended
    origin varchar,                 -- fetched | imported | replayed | handed-in
    first_seen_at timestamptz, last_seen_at timestamptz, changed_at timestamptz, version_no integer,
    reading_id varchar, capture_id varchar, path varchar,
    quality double,                 -- of a scan that was handed in: how sure the recognition was, 0 to 1
    method varchar,                 -- who read a handed-in file when not govbrief itself: tesseract 5.3.0, librarian
    text_correction bigint,         -- the desk's number of the librarian's text that stands here; null = none
    places varchar,                 -- of a document that is a file: page, sheet and row of its lines, JSON; null = not known
    department_code varchar, department_name varchar, department_basis varchar, department_score double,
    topic_code varchar, topic_path varchar, topic_basis varchar, topic_score double,
    topic1_code varchar, topic1_name varchar,
    topic_codes varchar[],          -- every class it was given, and the first-level classes above them
    issuer_codes varchar[],         -- every body that issued it, of a joint issue all
    theme_ids varchar,              -- the themes it belongs to, a comma before and after each; null = none
    excerpt varchar,                -- first 200 characters of the (masked) body
    characters integer, paragraphs integer,
    segment varchar, start_at bigint, length bigint,  -- where the body lies
    reprint_of varchar,             -- document_id of the issuing organ's copy, when this is a reprint
    duplicate_group varchar,
    sample boolean
);

create table label (
    document_id varchar, document_no integer, field varchar, rank integer, scheme varchar, code varchar, name varchar, score double,
    basis varchar, evidence json, classifier_id varchar,
    given boolean                   -- an answer, which the document counts under; false: a candidate for review
);
create table classifier (classifier_id varchar, model varchar, taxonomy varchar, authority varchar, code_version varchar);
create table citation (
    fact_id varchar, document_id varchar, document_no integer, kind varchar, sentence varchar, paragraph integer, start_at integer,
    end_at integer, target_title varchar, target_number varchar,
    target_document_id varchar,     -- null = not held
    target_version integer,         -- the version of the target that was current when this was issued, else the oldest held
    target_is_later boolean         -- what is held of the target is younger than the citing document; null = not held
);
create table duty (
    fact_id varchar, document_id varchar, document_no integer, sentence varchar, paragraph integer, start_at integer, end_at integer,
    who varchar[], what varchar, due date, due_printed varchar, value varchar,
    strength varchar                -- deadline | assigned (bodies in brackets) | rule (a modal word or an imperative)
);
create table dated_duty (           -- the duties that have a day once more, packed to be read one by one (type `text`)
    fact_id varchar, document_id varchar, sentence text, paragraph integer, start_at integer, end_at integer,
    who varchar[], what text, due date, due_printed varchar, value text,
    strength varchar                -- as in duty
);
create table limit_duty (           -- the duties that have a limit and no day once more, narrow: bearers and wordings are asked of all
    document_no integer, paragraph integer, start_at integer, end_at integer,
    due_printed varchar, who varchar[]
);
create table fact (
    fact_id varchar, document_id varchar, document_no integer,
    kind varchar,   -- effective, expiry, deadline, number, target, money:<type>, contact, problem, measure, requirement, personal:<kind>
    value varchar,  -- ISO day; normal form of a number; target: indicator, value, unit, year joined by a bar; CNY sum; confidence 0 to 1
    sentence varchar, paragraph integer, start_at integer, end_at integer, rule varchar
);
create table routing (              -- to whom a document gives work; one row with a null code where nobody was found
    document_id varchar, document_no integer,
    code varchar,                   -- a body, or a class of bodies: all:KIND:LEVEL:PLACE; null = nobody
    name varchar,                   -- what it is called in Chinese, for those that no table of bodies holds
    reason varchar,                 -- addressee | responsible | duty | topic; of nobody: nobody | unknown | own | tells
    rank integer,                   -- 1 = the strongest reason
    day date,                       -- published, else first seen
    fact_id varchar, paragraph integer, start_at integer, end_at integer  -- where the text names it; the same = nowhere
);
create table board_passage (        -- the surest problem and measure sentences of each class of the first level and place
    passage_id varchar,             -- the fact_id of the sentence
    document_id varchar, kind varchar,  -- problem | measure
    sentence varchar, paragraph integer, start_at integer, end_at integer,
    confidence double,              -- 0 to 1; a candidate until a person confirms it
    origin varchar,                 -- what its document is: inspection | audit | hearing | report | letter | other
    day date, topic_code varchar, topic1_code varchar,
    region varchar,                 -- empty: of no place
    department_code varchar, department_name varchar,
    theme_ids varchar,              -- the themes of its document, a comma before and after each; null = none
    language varchar, title varchar
);
create table board_match (          -- what another place, or another body, did about the like of a problem
    problem_id varchar,             -- passage_id of the problem
    measure_id varchar,             -- passage_id of the measure there
    met_id varchar,                 -- passage_id of a problem there that is alike; null = none on the board
    place integer,                  -- 1 = the likest
    likeness double,                -- 0 to 1: cosine of the weighted terms, and half of that of the problem there
    shared varchar[],               -- terms that problem and measure have in common
    same_class boolean,             -- whether their documents have the same class, not only of the first level
    other_place boolean,            -- false: another body of the same place
    met double,                     -- likeness of the problem there; 0 = none
    later boolean                   -- whether the measure is not older than the problem
);
create table attachment (
    document_id varchar, document_no integer, url varchar, name varchar, capture_id varchar, status varchar, media_type varchar,
    pages integer, text varchar,
    quality double,                 -- how sure the recognition was, 0 to 1; null where nothing was recognised
    method varchar,                 -- who read it when not govbrief itself: tesseract 5.3.0, antiword, librarian
    text_correction bigint,         -- the desk's number of the librarian's text that stands here; null = none
    places varchar                  -- page, sheet, table and row of the text's lines, see warehouse/places.py
);
create table field_origin (document_id varchar, document_no integer, field varchar, value varchar, origin varchar, chosen boolean);
create table version (document_id varchar, document_no integer, version_no integer, capture_id varchar, observed_at timestamptz);
create table version_change (
    document_id varchar, document_no integer, version_no integer,   -- what this version changed of the one before
    fields json,                               -- list of {field, old, new}
    paragraphs json,                           -- list of {kind, old_at, new_at, old, new}; places count from 0
    omitted integer                            -- changed paragraphs beyond those listed
);
create table past_body (            -- versions that are no longer shown, masked as the current one is
    document_id varchar, version_no integer, reading_id varchar, observed_at timestamptz, capture_id varchar,
    title varchar, segment varchar, start_at bigint, length bigint, characters integer
);
create table event (
    event_id varchar, document_id varchar, document_no integer, kind varchar, version_no integer, "at" timestamptz, run_id varchar
);
create table capture (
    capture_id varchar, source_id varchar, run_id varchar, url varchar, final_url varchar, fetched_at timestamptz,
    status integer, media_type varchar, sha256 varchar, length bigint, warc_file varchar, warc_offset bigint,
    warc_length bigint, kind varchar, role varchar
);
create table source (
    source_id varchar, name_zh varchar, name_en varchar, jurisdiction varchar, region varchar, level varchar,
    language varchar, platform varchar, home_url varchar, department_code varchar, timezone varchar, reuse varchar,
    sample boolean, enabled boolean, disabled_reason varchar
);
create table topic_class (
    scheme varchar, code varchar, parent varchar, level integer, name_zh varchar, name_en varchar, path varchar
);
create table body (
    code varchar, name_zh varchar, name_en varchar, short varchar, jurisdiction varchar, region varchar,
    level varchar, parent varchar, valid_from date, valid_to date, successors varchar[]
);
create table body_step (
    before_code varchar,            -- authority code of the body that passed on
    after_code varchar,             -- authority code of the body that took over
    kind varchar,                   -- renamed | merged | split | name-kept | functions (only part of the work)
    on_day date, act varchar,       -- the decision that says so
    what varchar                    -- which functions moved
);
create table theme (
    theme_id varchar, name_zh varchar, name_en varchar, note varchar, topics varchar[], terms varchar[],
    organs varchar[], exclude varchar[],
    analyst varchar                 -- the account that its new documents are routed to; empty: the theme's queue
);
create table theme_member (
    theme_id varchar, document_id varchar, reason varchar  -- topic:<code> | term:<term>
);
create table crawl_run (
    run_id varchar, kind varchar, started_at timestamptz, ended_at timestamptz, outcome varchar, sources varchar[]
);
create table source_health (
    run_id varchar, source_id varchar, verdict varchar, detail varchar, requests integer, fetched integer,
    not_modified integer, new_documents integer, changed integer, withdrawn integer, failures integer,
    bytes bigint, "at" timestamptz
);
create table problem (capture_id varchar, source_id varchar, url varchar, code varchar, detail varchar, "at" timestamptz);
create table quality (name varchar, value double, sample integer, data varchar, measured_on varchar, note varchar);
create table evaluation (
    name varchar, data varchar, measured_on varchar, note varchar,
    report json                     -- as govbrief evaluate --json prints it
);
create table citation_rank (
    document_id varchar,
    relation varchar,               -- basis | implements | amends | repeals | forwards | prints | mentions
    place integer,                  -- 1 = the most important of the relation
    score double,                   -- PageRank; all documents of the relation together make 1
    cited_by integer                -- documents that cite it in this relation
);
create table community (
    community_id varchar, name_zh varchar, name_en varchar,
    topics varchar[],               -- codes that name it, the most frequent first
    terms varchar[],                -- title words that tell it from the others
    documents integer,
    head_document_id varchar                 -- its most cited document
);
create table community_member (
    document_id varchar,
    community_id varchar            -- documents that cite one another more than others
);
create table follow_up (
    root_document_id varchar,       -- where the cascade begins
    document_id varchar,
    parent_document_id varchar,     -- what it follows directly
    step integer,                   -- 1 = follows the root itself
    relation varchar,               -- implements | basis | forwards | prints | title (no citation, same subject) | mentions (by number) | clauses (like words)
    lag_days integer,               -- after the parent
    days_after_root integer,
    confidence double               -- all steps multiplied, 0 to 1; a candidate until a person confirms it
);
create table joint_issue (
    one_code varchar, one_name varchar, other_code varchar, other_name varchar,
    documents integer,              -- how many they issued together
    first_issued date, last_issued date
);
create table week_count (
    week date, department_code varchar, topic1_code varchar, source_id varchar, documents bigint
);
create table series (
    series_id varchar,
    word varchar,                   -- the organ's number word, such as 国办发; of an order its name
    year integer,                   -- null: the series runs through the years
    place varchar,                  -- region; empty unless one word serves two places
    department_code varchar,        -- who issues it: the body of most of its documents
    held integer,                   -- different numbers held; copies do not count twice
    copies integer,                 -- documents that repeat a number as a reprint
    lowest integer,                 -- lowest number held
    highest integer,                -- highest number known: held, cited or listed
    first_day date, last_day date,  -- of the documents held
    missing integer,                -- numbers up to the highest that are not held
    coverage double,                -- held / highest
    coverage_since_first double,    -- held / (highest - lowest + 1)
    outliers integer[],             -- numbers far above all others, taken for slips of the pen; not counted
    marks varchar[],                -- copies | joint | outlier | in-part | shared-word | running | starts-late
    sources varchar[],              -- who holds its documents, the most first
    source_counts integer[]         -- how many numbers each of them holds
);
create table series_gap (
    series_id varchar,
    first_serial integer, last_serial integer,  -- a run of missing numbers of one state
    missing integer,
    place_in_series varchar,        -- before (the first held) | inside | after (the last held)
    state varchar,                  -- seen-cited | not-crawled | known-non-public | cancelled | unknown
    before_serial integer,          -- the nearest number held below
    before_day date,                -- its day: the missing ones are hardly older
    after_serial integer,           -- the nearest number held above
    after_day date,                 -- its day, else that of the first document that cites the number
    cited_by varchar[],             -- documents that cite the number
    listed_at varchar,              -- address a list gives for it
    said_by varchar                 -- document that says why it is missing; desk: a person did
);
create table wanted (
    wanted_id varchar,
    target_number varchar, target_title varchar,  -- as most citations write them
    spellings varchar[],            -- up to eight ways in which it is named
    cited_by integer,               -- different works that cite it; reprints count once
    first_cited date, last_cited date,
    kinds varchar[],                -- relations in which it is cited, the most frequent first
    examples json,                  -- up to three of {document_id, title, published, kind, sentence}, the latest first
    department_code varchar, department_name varchar,  -- who probably issued it
    issuer_basis varchar,           -- number | title: what that rests on
    source_id varchar               -- the source that speaks for that body
);
create table near_copy (
    document_id varchar,            -- of an excerpt the shorter text
    other_id varchar,
    kind varchar,                   -- copy | excerpt
    similarity double               -- Jaccard similarity of five-character runs; of an excerpt the part that the other holds
);
create table graph_window_edge (
    window_days integer,            -- 30, 90 or 365 days up to the newest document
    kind varchar,                   -- body-topic | body-body | topic-topic
    one_code varchar, other_code varchar,
    documents integer,              -- documents of the window that have both
    place integer                   -- 1 = the most frequent of its window and kind; at most 500
);
