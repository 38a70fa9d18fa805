const en = {
  leaving: "Leaving by month",
  costs: "Leaving on {day} costs {total}",
  free: "free from {day}",
  isFree: "Leaving on {day} costs nothing",
  devices: "Devices",
  fees: "Fees",
  day: "Last charged day",
  total: "Costs",
  lines: "Of it",
  nothing: "Leaving costs nothing any more.",
  terminate: "Terminate on {day}",
};
const it: Record<keyof typeof en, string> = {
  leaving: "Recedere, mese per mese",
  costs: "Recedere il {day} costa {total}",
  free: "libero dal {day}",
  isFree: "Recedere il {day} non costa nulla",
  devices: "Apparecchi",
  fees: "Canoni",
  day: "Ultimo giorno addebitato",
  total: "Costo",
  lines: "Di cui",
  nothing: "Recedere non costa più nulla.",
  terminate: "Recedi il {day}",
};
export const leavingTexts = { en, it };
