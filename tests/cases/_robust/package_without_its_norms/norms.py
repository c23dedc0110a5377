try:
    from no_such_package import FastNorm
except ImportError:
    FastNorm = None
