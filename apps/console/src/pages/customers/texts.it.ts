import { type CustomersTexts } from "./texts.en.js";

export const it: CustomersTexts = {
  title: "Clienti",
  create: "Nuovo cliente",
  filters: "Filtri",
  textFilter: "Nome, e-mail, telefono o id",
  statusFilter: "Stato",
  anyStatus: "Qualsiasi",
  fromFilter: "Saldo dovuto da",
  untilFilter: "Saldo dovuto fino a",
  name: "Nome",
  email: "E-mail",
  phone: "Telefono",
  status: "Stato",
  class: "Classe",
  balanceDue: "Saldo dovuto",
  created: "Creato",
  ACTIVE: "Attivo",
  SUSPENDED: "Sospeso",
  CLOSED: "Chiuso",
  none: "Ancora nessun cliente.",
  noneFiltered: "Nessun cliente corrisponde ai filtri.",
};
