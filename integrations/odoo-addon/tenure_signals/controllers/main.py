import hmac
import json

from odoo import http
from odoo.exceptions import ValidationError
from odoo.http import request

KEY = "tenure_signals.access_key"


class TenureSignals(http.Controller):
    @http.route("/tenure/signal", type="http", auth="public", methods=["GET"], csrf=False, save_session=False)
    def ready(self):
        """Whether the key is right; changes nothing."""
        if not self._is_known():
            return self._answer(401, {"name": "Unauthorized", "message": "The key is not the right one."})
        return self._answer(200, {"ready": True})

    @http.route("/tenure/signal", type="http", auth="public", methods=["POST"], csrf=False, save_session=False)
    def take(self):
        if not self._is_known():
            return self._answer(401, {"name": "Unauthorized", "message": "The key is not the right one."})
        try:
            signal = json.loads(request.httprequest.get_data(as_text=True))
            return self._answer(200, request.env["tenure.signal"].sudo().accept(signal))
        except (ValueError, ValidationError) as error:
            return self._answer(400, {"name": "NotASignal", "message": str(error)})

    def _is_known(self):
        """Without a key in the settings nobody is."""
        expected = request.env["ir.config_parameter"].sudo().get_param(KEY) or ""
        scheme, _, given = request.httprequest.headers.get("Authorization", "").partition(" ")
        is_same = hmac.compare_digest(given.strip().encode(), expected.encode())
        return bool(expected) and scheme.lower() == "bearer" and is_same

    def _answer(self, status, body):
        return request.make_json_response(body, status=status)
