"""A fictional province that we wrote ourselves, served on loopback with the truth about it.

Documents are data (`documents/<site>/*.toml`), publishing styles are small modules (`sites/`), and a clock of
whole days moves both. Everything here is 示例数据 and says so on every page.
"""

from crawlers.sample_sites.server import Fault, SampleServer
from crawlers.sample_sites.settings import DAY_ZERO, sample_settings
from crawlers.sample_sites.truth import truth

__all__ = ["DAY_ZERO", "Fault", "SampleServer", "sample_settings", "truth"]
