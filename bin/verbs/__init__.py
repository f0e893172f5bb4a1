"""The five verbs behind bin/.  Standard library only: they run before anything is installed."""
