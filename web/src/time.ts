/** A moment as people read it: `11月22日 15:00`, `22 Nov, 15:00`. */
export function timeText(at: number, lang: string, timeZone = "Asia/Shanghai"): string {
  const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone } as const;
  const shape = { month: "short", day: "numeric", ...clock } as const;
  return new Intl.DateTimeFormat(lang.startsWith("zh") ? "zh-CN" : "en-GB", shape).format(at);
}
