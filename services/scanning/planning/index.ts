/** How the visits of an expert desk are spread: the load of each adviser per week, whom to send, how the scans flow through the phases. Pure; screens and tests call it. */
export { loadOf, mondayOf, suggest, weeksFrom, type AdviserLoad, type PlannedScan, type Preference, type Suggestion } from "./load.ts";
export { flowOf, type FlowRow } from "./flow.ts";
export { remindersOf, type Reminder, type ReminderCode } from "./reminders.ts";
