"""Papers as files: letters of many scripts on pages, sealed so that any later change shows.  No domain."""
