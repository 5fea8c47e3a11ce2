package io.snowball.segmentation.rfm;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire types of declared grids. */
final class RfmGridApi {
    static final int SCORES_MAX = 10;

    private static final String NO_NUL = "[^\\x00]*";

    private RfmGridApi() {}

    @Schema(name = "RfmMethod")
    enum RfmMethod {
        QUANTILES,
        THRESHOLDS
    }

    @Schema(
            name = "RfmGridBody",
            description =
                    "Scores go from 1 to the number of bands; the best is the highest: fewer days, more orders, more money. "
                            + "QUANTILES: each of the three is cut at its quantiles over all buyers (linear interpolation, R type 7), and "
                            + "a band begins one unit (a day, an order, a rouble) above its quantile; so equal values always have equal "
                            + "scores, and a value on the quantile belongs to the band below it. THRESHOLDS: a number of days belongs to "
                            + "the better band up to and including the bound, orders and revenue to the higher band from the bound on.")
    @RegisterForReflection
    record RfmGridBody(
            @Schema(examples = "Ten segments by quintiles", description = "Unique")
            @NotNull
            @Size(min = 1, max = 200)
            @Pattern(regexp = NO_NUL)
            String name,

            @NotNull RfmMethod method,

            @Schema(examples = "5", description = "QUANTILES only: how many bands, of about equal size")
            @Nullable
            @Min(2)
            @Max(SCORES_MAX)
            Integer bands,

            @Schema(
                    examples = "[30, 90, 180]",
                    description = "THRESHOLDS only: whole days since the last order, ascending")
            @Nullable
            @Size(min = 1, max = SCORES_MAX - 1)
            List<@NotNull @Min(0) @Max(36_500) Integer> recencyDays,

            @Schema(examples = "[2, 4]", description = "THRESHOLDS only, ascending")
            @Nullable
            @Size(min = 1, max = SCORES_MAX - 1)
            List<@NotNull @Min(1) @Max(1_000_000) Integer> orders,

            @Schema(examples = "[1000.00, 30000.00]", description = "THRESHOLDS only, ascending")
            @Nullable
            @Size(min = 1, max = SCORES_MAX - 1)
            List<@NotNull Money> revenue,

            @Schema(description = "The first that fits is the customer's; OTHERS where none does")
            @NotNull
            @Size(min = 1, max = 100)
            List<@Valid @NotNull RfmGridCell> cells) {
        int scores(@Nullable List<?> bounds) {
            return bounds == null ? (bands == null ? 1 : bands) : bounds.size() + 1;
        }
    }

    @Schema(name = "RfmGridCell")
    @RegisterForReflection
    record RfmGridCell(
            @Schema(examples = "CHAMPIONS", description = "Unique in the grid; OTHERS is taken")
            @NotNull
            @Pattern(regexp = "[A-Z][A-Z0-9_]{0,39}")
            String code,

            @Schema(examples = "Чемпионы") @NotNull @Size(min = 1, max = 100) @Pattern(regexp = NO_NUL)
            String name,

            @Valid @NotNull RfmScores recency,
            @Valid @NotNull RfmScores frequency,
            @Valid @NotNull RfmScores monetary) {}

    @Schema(name = "RfmScores", description = "Both inclusive")
    @RegisterForReflection
    record RfmScores(
            @Schema(examples = "4") @NotNull @Min(1) @Max(SCORES_MAX)
            Integer from,

            @Schema(examples = "5") @NotNull @Min(1) @Max(SCORES_MAX)
            Integer to) {}

    @Schema(name = "RfmGrid")
    record RfmGridView(
            @NotNull UUID id,
            @NotNull RfmGridBody grid,
            @NotNull Instant createdAt,
            @NotNull Instant updatedAt) {
        static RfmGridView of(RfmGrid grid) {
            return new RfmGridView(grid.id(), grid.definition(), grid.createdAt(), grid.updatedAt());
        }
    }

    @Schema(name = "RfmGridPage")
    record RfmGridPage(
            @NotNull List<RfmGridView> items, @Nullable String nextCursor) {
        static RfmGridPage of(Keyset<RfmGrid> page) {
            return new RfmGridPage(page.items().stream().map(RfmGridView::of).toList(), page.nextCursor());
        }
    }

    @Schema(name = "RfmGridReport")
    record RfmGridReport(
            @NotNull Instant asOf,

            @Schema(description = "Buyers: who has an order that counts") @NotNull
            long customers,

            @NotNull Money revenue,

            @Schema(description = "Where the bands begin, from the second on") @NotNull
            RfmBands bands,

            @Schema(description = "All of the grid in its order, then OTHERS") @NotNull
            List<RfmGridCount> cells) {}

    @Schema(name = "RfmBands", description = "With QUANTILES these are quantile + 1 unit")
    record RfmBands(
            @Schema(examples = "[115, 181, 297.4, 482]") @NotNull
            List<BigDecimal> recencyDays,

            @Schema(examples = "[4, 5, 6, 8]") @NotNull List<BigDecimal> orders,

            @Schema(examples = "[255.80, 382, 506.40, 666]", description = "In the installation's currency") @NotNull
            List<BigDecimal> revenue) {}

    @Schema(name = "RfmGridCount")
    record RfmGridCount(
            @Schema(examples = "CHAMPIONS") @NotNull String code,

            @Schema(examples = "Чемпионы") @NotNull String name,

            @Schema(examples = "158") @NotNull long customers,

            @Schema(examples = "1234") @NotNull long orders,

            @NotNull Money revenue,

            @Schema(description = "revenue / orders, rounded half up; absent for an empty cell") @Nullable
            Money averageBill,

            @Schema(examples = "0.1315", description = "Part of all buyers, four decimal places") @NotNull
            BigDecimal share,

            @Schema(examples = "0.0821", description = "Part of all revenue, four decimal places") @NotNull
            BigDecimal revenueShare) {}

    @Schema(name = "RfmScorePage")
    record RfmScorePage(
            @Schema(description = "In id order") @NotNull List<RfmScore> items,

            @Schema(description = "Pass it as after; absent on the last page") @Nullable
            UUID nextAfter) {
        /** @param found one more than the limit where there is a next page */
        static RfmScorePage of(List<RfmScore> found, int limit) {
            return found.size() <= limit
                    ? new RfmScorePage(found, null)
                    : new RfmScorePage(
                            found.subList(0, limit), found.get(limit - 1).customerId());
        }
    }

    @Schema(name = "RfmScore")
    record RfmScore(
            @NotNull UUID customerId,

            @Schema(examples = "4") @NotNull int recency,

            @Schema(examples = "5") @NotNull int frequency,

            @Schema(examples = "5") @NotNull int monetary,

            @Schema(examples = "CHAMPIONS") @NotNull String cell) {}
}
