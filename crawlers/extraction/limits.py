"""How much of anything is read: every bound of extraction in one place."""

from __future__ import annotations

MAX_PAGE_BYTES = 16_000_000  # a text page; the largest real one seen is 0.7 MB
MAX_FILE_BYTES = 50_000_000  # an attached file
MAX_UNPACKED_BYTES = 64_000_000  # all that a compressed body or file may unpack to
MAX_UNPACK_RATIO = 200  # unpacked size over packed size of one entry, once it is over a megabyte
MAX_ZIP_ENTRIES = 5_000
MAX_DEPTH = 2_000  # open elements at one place; parsers turn quadratic beyond it
MAX_TAGS_UNCHECKED = 20_000  # pages with fewer tags cannot be deep enough to matter
MAX_PARAGRAPHS = 50_000
MAX_PARAGRAPH = 100_000  # characters of one paragraph
MAX_TITLE = 500
MAX_VALUE = 1_000
MAX_ENTRIES = 5_000
MAX_ATTACHMENTS = 200
MAX_PDF_PAGES = 3_000
MAX_SHEET_ROWS = 200_000
MAX_SLIDES = 2_000
MAX_MEMBERS = 500  # files of one archive or message that are read
MAX_RECOGNITIONS = 4  # scans inside one archive or message that are recognised
MAX_NESTING = 2  # archives and messages inside each other
MAX_TABLE_PAGES = 500  # pages of one PDF in which tables are sought
MAX_TABLE_EFFORT = 2_000_000  # drawn objects and characters of one PDF that are looked at for tables
MAX_TABLE_CHARACTERS = 30_000  # of one page; a fuller one is a drawing
NO_LAYER_CHARACTERS = 100  # a text layer of fewer letters and digits is no text layer (57 is none) ...
NO_LAYER_PER_PAGE = 40  # ... and so is one below this a page in a file of several pages
MAX_OFD_OBJECTS = 500_000  # drawn objects of one OFD file, its templates counted as often as they are used
MAX_OFD_CHARACTERS = 5_000_000
MAX_OFD_DEPTH = 200  # blocks and composite drawings inside each other
MAX_SHEET_CHARACTERS = 20_000_000
PROGRAM_SECONDS = 40  # what an outside program may take for one file
PROGRAM_MEMORY = 4_000_000_000
OCR_SECONDS = 45  # recognition of one file; what is not done by then is said to be missing
MAX_OCR_PAGES = 20
OCR_DPI = 300
MAX_OCR_PIXELS = 25_000_000  # of one page; larger pages are drawn smaller
OCR_LETTERS = 10  # recognised text of fewer letters ...
OCR_CONFIDENCE = 0.5  # ... or less sure than this is noise and not kept
