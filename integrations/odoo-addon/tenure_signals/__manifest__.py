{
    "name": "Tenure signals",
    "summary": "Takes what Tenure tells of invoices, suspensions and terminations, and sends SMS",
    "version": "19.0.1.0.0",
    "category": "Sales/CRM",
    "author": "Tenure",
    "license": "LGPL-3",
    "depends": ["base", "sms"],
    "data": [
        "security/groups.xml",
        "security/ir.model.access.csv",
        "views/signals.xml",
    ],
    "installable": True,
    "application": True,
}
