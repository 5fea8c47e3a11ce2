package io.snowball.segmentation.economics;

import io.snowball.segmentation.report.ShareView;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of figures that others have stated. */
final class BenchmarkApi {
    private BenchmarkApi() {}

    @Schema(
            name = "BenchmarkReport",
            description =
                    "What is often quoted, who said it, and the company's own number beside it. A quotation is no promise: none of them "
                            + "was measured on this base.")
    record BenchmarkReport(@NotNull Instant asOf, @NotNull List<BenchmarkView> benchmarks) {}

    @Schema(name = "BenchmarkName", description = "RETENTION_TO_PROFIT: E6; EXISTING_TO_NEW_CONVERSION: E7")
    enum BenchmarkName {
        RETENTION_TO_PROFIT,
        EXISTING_TO_NEW_CONVERSION
    }

    @Schema(name = "BenchmarkUnit", description = "PERCENT: growth in per cent; TIMES: one number divided by another")
    enum BenchmarkUnit {
        PERCENT,
        TIMES
    }

    @Schema(name = "Benchmark")
    record BenchmarkView(
            @NotNull BenchmarkName name,

            @Schema(description = "As it is quoted") @NotNull
            String statementRu,

            @NotNull String statementEn,

            @Schema(description = "Who says so, and on what; also where nobody says on what") @NotNull
            String source,

            @NotNull BenchmarkUnit unit,

            @Schema(examples = "25") @NotNull BigDecimal quotedFrom,

            @Schema(examples = "95") @NotNull BigDecimal quotedTo,

            @Schema(examples = "31.42", description = "The company's own; absent where there is too little to count")
            @Nullable
            BigDecimal own,

            @Schema(description = "How the company's own number is counted, and on whom") @NotNull
            String formula,

            @Schema(
                    description =
                            "What it was counted from: existing customers first, new ones second; empty for a model")
            @NotNull
            List<ShareView> counted) {}
}
