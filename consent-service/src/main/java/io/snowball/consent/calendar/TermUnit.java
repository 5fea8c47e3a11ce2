package io.snowball.consent.calendar;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

@Schema(name = "LegalTermUnit")
enum TermUnit {
    /** Of real time, weekends included. */
    HOURS,
    WORKING_DAYS,
    CALENDAR_DAYS,
    MONTHS,
    YEARS
}
