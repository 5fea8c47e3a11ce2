package io.snowball.customer.feedback;

import io.snowball.customer.feedback.FigureSql.Advocate;
import io.snowball.customer.feedback.FigureSql.Dimension;
import io.snowball.customer.feedback.FigureSql.Promoter;
import io.snowball.platform.access.Accessed;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Figures of feedback on the wire. */
final class FigureApi {
    private FigureApi() {}

    @Schema(name = "FeedbackFigures")
    record FeedbackFigures(
            @NotNull FeedbackKind kind,

            @Schema(examples = "share of 9 and 10 minus share of 0 to 6, per cent") @NotNull
            String formula,

            @NotNull Dimension by,
            @NotNull Instant from,
            @NotNull Instant to,

            @Schema(description = "The period before, as long, ends where this one begins") @NotNull
            Instant previousFrom,

            @Schema(
                    examples = "120000",
                    description =
                            "Customers known at the end of the period, of whom those who answered are a part that chose to")
            @NotNull
            long population,

            @Schema(description = "One without a dimension; at most 1000") @NotNull
            List<FeedbackFigurePart> items) {}

    @Schema(name = "FeedbackFigurePart")
    record FeedbackFigurePart(
            @Schema(
                    examples = "email",
                    description = "The shop, channel or question; empty where it was not told, or without a dimension")
            @NotNull
            String part,

            @NotNull FeedbackFigure current,
            @NotNull FeedbackFigure previous,

            @Schema(
                    examples = "4.20",
                    description =
                            "current less previous: points of NPS, percentage points of CSAT, marks of CES and CLI")
            @Nullable
            BigDecimal change) {
        static FeedbackFigurePart of(String part, FeedbackFigure current, FeedbackFigure previous) {
            BigDecimal now = current.value();
            BigDecimal before = previous.value();
            return new FeedbackFigurePart(
                    part, current, previous, now == null || before == null ? null : now.subtract(before));
        }
    }

    @Schema(name = "FeedbackFigure")
    record FeedbackFigure(
            @Schema(
                    examples = "412",
                    description = "Answers that count: the last of each customer, and each without a name")
            @NotNull
            long n,

            @Schema(examples = "430", description = "All answers") @NotNull
            long answers,

            @Schema(examples = "38.35", description = "Absent where nobody answered") @Nullable
            BigDecimal value,

            @Schema(
                    examples = "76.40",
                    description = "Of CLI only: from 0 to 100, as it is often told; 100 is three times 6")
            @Nullable
            BigDecimal index,

            @Nullable FeedbackInterval interval) {
        private static final BigDecimal STEP = BigDecimal.valueOf(20);

        static FeedbackFigure of(FeedbackKind kind, Figure figure, long answers) {
            BigDecimal value = figure.value();
            Figure.Interval interval = figure.interval();
            return new FeedbackFigure(
                    figure.n(),
                    answers,
                    value,
                    kind == FeedbackKind.CLI && value != null
                            ? value.subtract(BigDecimal.ONE).multiply(STEP).setScale(2, RoundingMode.HALF_UP)
                            : null,
                    interval == null
                            ? null
                            : new FeedbackInterval(interval.low(), interval.high(), Figure.LEVEL, interval.method()));
        }
    }

    @Schema(
            name = "FeedbackInterval",
            description =
                    "WILSON: score interval of a share. ADJUSTED_WALD: of NPS, Rocks 2016. NORMAL: mean plus and minus 1.96 standard errors, "
                            + "too narrow below about 30 answers. It speaks of chance, not of who chose to answer")
    record FeedbackInterval(
            @Schema(examples = "31.02") @NotNull BigDecimal low,
            @Schema(examples = "45.10") @NotNull BigDecimal high,
            @Schema(examples = "0.95") @NotNull BigDecimal level,
            @NotNull Figure.Method method) {}

    @Schema(name = "PromoterPage")
    record PromoterPage(
            @NotNull List<PromoterView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(PromoterView::customerId).toList();
        }
    }

    @Schema(name = "Promoter")
    record PromoterView(
            @NotNull UUID customerId,
            @Schema(examples = "10") @NotNull int score,
            @NotNull Instant answeredAt) {
        static PromoterView of(Promoter promoter) {
            return new PromoterView(promoter.customerId(), promoter.score(), promoter.answeredAt());
        }
    }

    @Schema(name = "AdvocatePage")
    record AdvocatePage(
            @NotNull List<AdvocateView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(AdvocateView::customerId).toList();
        }
    }

    @Schema(name = "Advocate")
    record AdvocateView(
            @NotNull UUID customerId,

            @Schema(examples = "10", description = "The last NPS answer") @Nullable
            Integer score,

            @Schema(examples = "2", description = "Whom the customer invited and who bought") @NotNull
            int invited,

            @NotNull Instant lastOrderAt) {
        static AdvocateView of(Advocate advocate) {
            return new AdvocateView(
                    advocate.customerId(), advocate.score(), advocate.invited(), advocate.lastOrderAt());
        }
    }
}
