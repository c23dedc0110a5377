"""The language server: findings while code is written, and fixes where the cursor stands.

Needs ``pip install 'convbias-lint[lsp]'``; nothing else in the package imports this part.
"""
