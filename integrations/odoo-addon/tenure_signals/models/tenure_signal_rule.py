from odoo import api, fields, models

from ..signal_text import TYPES, read_signal, sms_text


class TenureSignalRule(models.Model):
    """Which signals customers are written about, and in which words."""

    _name = "tenure.signal.rule"
    _description = "SMS about signals of Tenure"
    _rec_name = "type"

    active = fields.Boolean(default=True)
    type = fields.Selection([(name, name) for name in TYPES], required=True, index=True)
    text = fields.Text(required=True, help="With names in braces, such as {customer.name} or {invoice.number}.")

    @api.model
    def _tell(self, signal):
        """Sends an SMS by each rule of the signal's type, to a customer with a telephone number."""
        columns = read_signal(signal)
        if not columns["phone"]:
            return
        for rule in self.search([("type", "=", columns["type"])]):
            body = sms_text(rule.text, signal)
            if body:
                # Odoo's own queue sends it: what goes wrong there does not undo the signal.
                self.env["sms.sms"].create({"number": columns["phone"], "body": body})
