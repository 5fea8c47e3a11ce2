package io.snowball.segmentation.report;

import jakarta.validation.constraints.NotNull;
import java.time.LocalDate;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

@Schema(name = "ReportAbout", description = "Days are UTC, both inclusive")
public record ReportAbout(
        @NotNull LocalDate from,
        @NotNull LocalDate to,

        @Schema(description = "The period compared with; absent without comparison") @Nullable
        LocalDate comparedFrom,

        @Nullable LocalDate comparedTo,
        @NotNull String formula,

        @Schema(description = "Who or what is counted") @NotNull
        String population) {
    public static ReportAbout of(Period period, @Nullable Period compared, String formula, String population) {
        return new ReportAbout(
                period.from(),
                period.to(),
                compared == null ? null : compared.from(),
                compared == null ? null : compared.to(),
                formula,
                population);
    }
}
