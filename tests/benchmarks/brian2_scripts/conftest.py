"""The scripts are run, not collected: they import one another as scripts do, by bare name."""

collect_ignore_glob = ["*.py"]
