"""What a run was asked to do. Everything that can change a result is here or in the seed, and goes into its JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from cenotaph.errors import InputError
from cenotaph.estimation.chains import Prior
from cenotaph.estimation.lcmcr import Sampling

METHODS = ("lcmcr", "dga", "stepwise", "loglinear", "chapman", "chao")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Classes, cap, prior, methods and how long to sample."""

    classes: int = 10
    cap: float | None = None
    prior: Prior = field(default_factory=Prior)
    methods: tuple[str, ...] = METHODS
    sampling: Sampling = field(default_factory=Sampling)
    resamples: int = 0
    checks: bool = False

    def __post_init__(self) -> None:
        """Refuse what means nothing."""
        unknown = [name for name in self.methods if name not in METHODS]
        if unknown:
            raise InputError(f"no method {', '.join(unknown)}; there are {', '.join(METHODS)}")
        if self.classes < 1:
            raise InputError(f"{self.classes} latent classes; at least 1 is needed")
        if self.cap is not None and self.cap <= 0:
            raise InputError(f"a cap of {self.cap} unseen people by documented person; it must be above 0")

    def to_json(self) -> dict[str, Any]:
        """Return what can change the result."""
        plan, prior = self.sampling, self.prior
        return {
            "classes": self.classes,
            "cap": self.cap,
            "methods": list(self.methods),
            "resamples": self.resamples,
            "checks": self.checks,
            "prior": {"shape": prior.shape, "rate": prior.rate, "capture": list(prior.capture)},
            "sampling": {
                "chains": plan.chains, "warmup": plan.warmup, "block": plan.block, "most": plan.most, "ess": plan.ess,
                "tempered": plan.tempered,
            },
        }  # fmt: skip
