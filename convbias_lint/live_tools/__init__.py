"""What the tools for live models share, whatever framework the models are of; it imports none itself."""

from __future__ import annotations
