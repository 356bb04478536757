import type { TimeOfWeek } from '../price.ts'

/** A moment as prices with hours see it. */
export const timeOfWeek = (time: Date): TimeOfWeek => ({
  minute: time.getUTCHours() * 60 + time.getUTCMinutes(),
  day: time.getUTCDay(),
})
