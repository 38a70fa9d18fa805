const en = {
  row: "{name}: {status}, from {from}",
  rowUntil: "{name}: {status}, from {from} to {until}",
  discountEnd: "first day without discount {day}",
  pause: "pause {from} to {until}",
  pauseOpen: "open pause from {from}",
  request: "requested pause {from} to {until}",
  PENDING: "pending",
  ACTIVE: "active",
  PAUSED: "paused",
  TERMINATED: "terminated",
  nothing: "No commitments.",
};
const it: Record<keyof typeof en, string> = {
  row: "{name}: {status}, dal {from}",
  rowUntil: "{name}: {status}, dal {from} al {until}",
  discountEnd: "primo giorno senza sconto {day}",
  pause: "pausa dal {from} al {until}",
  pauseOpen: "pausa aperta dal {from}",
  request: "pausa richiesta dal {from} al {until}",
  PENDING: "in attesa",
  ACTIVE: "attivo",
  PAUSED: "in pausa",
  TERMINATED: "terminato",
  nothing: "Nessun impegno.",
};
export const axisTexts = { en, it };
