"""Reading what another system wrote: files that are kept sealed, read in a stream, taken line by line.

`reading` keeps and reads the file, `tables` and `events` make records of it, `taking` does what
one record says with the verbs that people use, `running` goes through them in batches.  Nothing
here holds more than a batch at a time.
"""
