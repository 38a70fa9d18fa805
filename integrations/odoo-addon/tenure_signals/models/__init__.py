from . import tenure_signal, tenure_signal_rule
