"""What a signal is, and the words of an SMS about it. Pure: imports nothing of Odoo."""

import re

TYPES = (
    "invoice.generated",
    "invoice.overdue",
    "customer.suspended",
    "customer.unsuspended",
    "commitment.terminated",
)

# Longer ones are cut: a signal never fails because a number of parts is exceeded.
LONGEST_SMS = 480

_NAME = re.compile(r"\{([A-Za-z][A-Za-z.]*)\}")


class NotASignal(ValueError):
    """What was sent is not a signal; its text says why."""


def read_signal(signal):
    """The columns of a signal.

    :param signal: JSON in the format of docs/integrations.md of Tenure
    :returns: a dictionary with signal_id, type, timestamp, customer_id, name, email and phone
    :raises NotASignal: when a part is missing or of another type. A type that is not known is taken: newer ones come.
    """
    if not isinstance(signal, dict):
        raise NotASignal("A signal is an object.")
    data = signal.get("data")
    customer = data.get("customer") if isinstance(data, dict) else None
    if not isinstance(customer, dict):
        raise NotASignal("A signal has data with a customer.")
    return {
        "signal_id": _text(signal, "id"),
        "type": _text(signal, "type"),
        "timestamp": _text(signal, "timestamp"),
        "customer_id": _text(customer, "id"),
        "name": _text(customer, "name"),
        "email": _text(customer, "email", optional=True),
        "phone": _text(customer, "phone", optional=True),
    }


def _text(holder, name, optional=False):
    value = holder.get(name)
    if value is None and optional:
        return None
    if not isinstance(value, str) or not value.strip():
        raise NotASignal("%s must be a text." % name)
    return value


def sms_text(template, signal):
    """The template with the values that its names in braces have in the signal's data.

    ``{customer.name}`` is ``data.customer.name``. A name without a value, or whose value is not a text, a number or a
    truth, stays out. Values are not looked at for names in turn.
    """

    def value_of(match):
        value = signal.get("data")
        for part in match.group(1).split("."):
            value = value.get(part) if isinstance(value, dict) else None
        if isinstance(value, bool):
            return "yes" if value else "no"
        return str(value) if isinstance(value, (str, int)) else ""

    return _NAME.sub(value_of, template).strip()[:LONGEST_SMS]
