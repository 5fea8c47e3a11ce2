package io.snowball.consent.calendar;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of the calendar. */
final class CalendarApi {
    private static final String DECREE = "Постановление Правительства РФ от 24.09.2025 № 1466";

    private CalendarApi() {}

    static int workingDays(int year, List<LocalDate> daysOff) {
        return Year.of(year).length() - daysOff.size();
    }

    record PublishCalendarYear(
            @Schema(examples = "2028") @Min(2000) @Max(2199) @NotNull
            Integer year,

            @Schema(examples = DECREE, description = "The act that moves the days off") @NotBlank @Size(max = 300)
            String decree,

            @Schema(examples = "publication.pravo.gov.ru", description = "Where you have it from")
            @NotBlank
            @Size(max = 300)
            String source,

            @Schema(examples = "true", description = "Whether somebody has compared it with the text of the act")
            @NotNull
            Boolean verified,

            @Schema(
                    examples = "[\"2028-01-01\"]",
                    description = "All weekends and holidays on which nobody works; shortened days are working days")
            @NotNull
            @Size(min = 100, max = 200)
            List<@NotNull LocalDate> daysOff) {

        boolean isOfTheYear() {
            return daysOff.stream().allMatch(day -> day.getYear() == year)
                    && daysOff.stream().distinct().count() == daysOff.size();
        }
    }

    record CalendarYearView(
            @Schema(examples = "2026") @NotNull int year,

            @Schema(examples = "1", description = "Of this year's calendar; the latest counts") @NotNull
            int version,

            @Schema(examples = DECREE) @NotNull String decree,

            @NotNull String source,

            @Schema(description = "False: compare it with the text of the act and publish it again") @NotNull
            boolean verified,

            @Schema(examples = "247") @NotNull int workingDays,

            @NotNull List<LocalDate> daysOff,
            @NotNull Instant publishedAt) {}

    record CalendarYearList(@NotNull List<CalendarYearView> items) {}

    record LegalTermView(
            @NotNull TermCode code,

            @Schema(examples = "2022-09-01", description = "For events of this day and later") @NotNull
            LocalDate effectiveFrom,

            @Schema(examples = "10") @NotNull int amount,

            @NotNull TermUnit unit,

            @Schema(examples = "5", description = "By how much it may be put off, once and with a notice; 0: not")
            @NotNull
            int extension,

            @Schema(examples = "152-ФЗ, ст. 20 ч. 1") @NotNull
            String article) {

        static LegalTermView of(Term term) {
            return new LegalTermView(
                    term.code(), term.effectiveFrom(), term.amount(), term.unit(), term.extension(), term.article());
        }
    }

    record LegalTermList(@NotNull List<LegalTermView> items) {}

    record DeadlineView(
            @Schema(examples = "2026-12-04", description = "The last day; it ends at midnight where the operator is")
            @NotNull
            LocalDate dueOn,

            @Schema(
                    examples = "2026-12-11",
                    description = "The last day if the term is put off; absent where it may not be")
            @Nullable
            LocalDate extendedTo,

            @Schema(examples = "152-ФЗ, ст. 20 ч. 1") @NotNull
            String article) {}
}
