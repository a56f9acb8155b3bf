"""Manual accession: handing files and addresses to the librarian on a page, and the register of them."""
