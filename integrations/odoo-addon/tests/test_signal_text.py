import os
import sys
import unittest

# The addon's own package needs Odoo; this file does not.
sys.path.insert(0, os.path.join(os.path.dirname(__file__), "..", "tenure_signals"))

from signal_text import LONGEST_SMS, NotASignal, read_signal, sms_text  # noqa: E402


def a_signal(**customer):
    return {
        "id": "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90",
        "type": "invoice.generated",
        "timestamp": "2020-08-01T22:30:00.000Z",
        "data": {
            "customer": {"id": "c", "name": "Ann Ö.", "email": None, "phone": "+49 30 1", **customer},
            "invoice": {"number": "INV-1", "amountDue": "10.00", "currency": "USD", "dueDate": "2020-08-15"},
        },
    }


class ReadSignal(unittest.TestCase):
    def test_gives_the_columns(self):
        self.assertEqual(
            read_signal(a_signal()),
            {
                "signal_id": "7d3f6f4e-6f0c-4d27-9c0e-1b1c5f1d2a90",
                "type": "invoice.generated",
                "timestamp": "2020-08-01T22:30:00.000Z",
                "customer_id": "c",
                "name": "Ann Ö.",
                "email": None,
                "phone": "+49 30 1",
            },
        )

    def test_takes_types_that_are_not_known_yet(self):
        self.assertEqual(read_signal({**a_signal(), "type": "customer.moved"})["type"], "customer.moved")

    def test_refuses_what_is_no_signal(self):
        for wrong in (
            None,
            [],
            {},
            {**a_signal(), "id": None},
            {**a_signal(), "id": 7},
            {**a_signal(), "type": " "},
            {**a_signal(), "data": None},
            {**a_signal(), "data": {"customer": "c"}},
            a_signal(name=None),
            a_signal(phone=49),
        ):
            with self.subTest(wrong=wrong), self.assertRaises(NotASignal):
                read_signal(wrong)


class SmsText(unittest.TestCase):
    def test_puts_values_in(self):
        template = "Dear {customer.name}, {invoice.number}: {invoice.amountDue} {invoice.currency}, {invoice.dueDate}."
        self.assertEqual(sms_text(template, a_signal()), "Dear Ann Ö., INV-1: 10.00 USD, 2020-08-15.")

    def test_leaves_out_what_is_not_there(self):
        self.assertEqual(sms_text("{customer.email}{no.such}{customer}{invoice.number.x} {7} ok", a_signal()), "{7} ok")

    def test_does_not_look_into_values(self):
        self.assertEqual(sms_text("{customer.name}", a_signal(name="{customer.phone}")), "{customer.phone}")

    def test_says_truths_in_words_and_ends_somewhere(self):
        signal = a_signal()
        signal["data"]["commitment"] = {"early": True}
        self.assertEqual(sms_text("{commitment.early}", signal), "yes")
        self.assertEqual(len(sms_text("x" * 1000, signal)), LONGEST_SMS)


if __name__ == "__main__":
    unittest.main()
