"""The French words of requests, for e-mails and for screens."""

from portail_app.rules.statuses import RequestKind

KIND_LABELS: dict[RequestKind, str] = {
    RequestKind.BOOKING: "Réservation",
    RequestKind.ABSENCE: "Absence",
    RequestKind.GUARDIAN: "Responsable",
    RequestKind.PARTNER: "Conjoint",
    RequestKind.ADDRESS: "Adresse",
    RequestKind.PHONE: "Téléphone",
    RequestKind.EMAIL: "Courriel",
    RequestKind.PROFESSION: "Profession",
    RequestKind.CONTACT_CONSENT: "Autorisations de contact",
    RequestKind.ALLOWANCE: "Fiscales",
    RequestKind.DIRECT_DEBIT: "Prélèvement",
    RequestKind.NEW_CHILD: "Enfant à inscrire",
    RequestKind.CHILD_INFORMATION: "Informations",
    RequestKind.AUTHORISATIONS: "Autorisations",
    RequestKind.HEALTH: "Données sanitaires",
    RequestKind.PICKUP_CONTACTS: "Personnes autorisées",
    RequestKind.GLASSES: "Lunettes",
}
FIELD_LABELS: dict[str, str] = {
    "address": "Adresse",
    "postcode": "Code postal",
    "city": "Ville",
    "home_phone": "Téléphone du domicile",
    "mobile_phone": "Téléphone portable",
}
