"""What stops a run. (A bad record does not: it becomes an article.Refusal.)

* ArchiveError
  - SettingError       pelicanconf.py is wrong            (names the setting)
  - VocabularyError    a table in vocabulary/ is wrong    (names file and entry)
  - MappingError       a TOML mapping beside a dump is wrong (names file and entry)
  - FrontMatterError   an article's head is broken        (names file and line)
  - InstallError       a package stands in the place of one we need
  - WithdrawalError    the list of withdrawn articles    (names file and line)
  - BusyError          another run works on this archive  (names its process)
  - ClusterError       a Dask cluster cannot do our work  (names scheduler or worker)
  - DepositError       files kept at an address cannot be reached there (names the address)

Each message says where, what was found, what was expected and how to mend it.
"""


class ArchiveError(Exception):
    """Base of all errors caused by input rather than by our own code."""

    exitcode = 2
    """With which Pelican's own command ends."""


class SettingError(ArchiveError):
    """A setting in pelicanconf.py has a value we cannot use."""


class VocabularyError(ArchiveError):
    """A vocabulary table holds an entry we cannot use."""


class MappingError(ArchiveError):
    """A mapping beside a dump says something we cannot use."""


class FrontMatterError(ArchiveError):
    """The head of an article in content/articles cannot be read."""


class InstallError(ArchiveError, ImportError):
    """A package is missing, or another one has taken its import name."""


class WithdrawalError(ArchiveError):
    """A line of the list of withdrawn articles cannot be read."""


class BusyError(ArchiveError):
    """Another run is writing the same archive."""


class ClusterError(ArchiveError):
    """A cluster does not answer, is lost, or has workers that differ from this machine."""


class DepositError(ArchiveError):
    """An address of fsspec does not answer, refuses, or holds nothing of what it held."""
