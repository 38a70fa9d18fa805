import json

from psycopg2 import IntegrityError

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..signal_text import NotASignal, read_signal


class TenureSignal(models.Model):
    """A signal of Tenure, as it came. Kept once, by its id."""

    _name = "tenure.signal"
    _description = "Signal of Tenure"
    _order = "id desc"
    _rec_name = "signal_id"

    signal_id = fields.Char(required=True, index=True, readonly=True)
    type = fields.Char(required=True, index=True, readonly=True)
    timestamp = fields.Char(required=True, readonly=True)
    customer_id = fields.Char(required=True, index=True, readonly=True)
    name = fields.Char(readonly=True)
    email = fields.Char(readonly=True)
    phone = fields.Char(readonly=True)
    payload = fields.Text(required=True, readonly=True)

    _signal_id_once = models.Constraint("UNIQUE(signal_id)", "This signal is there already.")

    @api.model
    def accept(self, signal):
        """Takes a signal. The same one again changes nothing, so that it may be sent until an answer arrives.

        :returns: ``{"accepted": True, "repeated": whether it was there already}``
        """
        try:
            columns = read_signal(signal)
        except NotASignal as error:
            raise ValidationError(str(error)) from error
        if self.search_count([("signal_id", "=", columns["signal_id"])], limit=1):
            return {"accepted": True, "repeated": True}
        try:
            with self.env.cr.savepoint():
                self.create({**columns, "payload": json.dumps(signal)})
        except IntegrityError:
            # Somebody else took it between the look and the writing.
            return {"accepted": True, "repeated": True}
        self.env["tenure.signal.rule"].sudo()._tell(signal)
        return {"accepted": True, "repeated": False}
