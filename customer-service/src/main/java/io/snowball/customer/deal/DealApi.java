package io.snowball.customer.deal;

import io.snowball.customer.CleanText;
import io.snowball.customer.FieldErrors;
import io.snowball.customer.UserIds;
import io.snowball.platform.access.Accessed;
import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Deals on the wire. */
final class DealApi {
    private static final int MAX_TITLE = 200;

    private DealApi() {}

    @Schema(name = "CreateDeal")
    record CreateDeal(
            @Schema(description = "Whose deal it is; an old id of a merged customer will do") @NotNull
            UUID customerId,

            @NotNull UUID pipelineId,

            @Schema(description = "An OPEN stage; the first one, if left out") @Nullable
            UUID stageId,

            @Schema(examples = "Станок и наладка", maxLength = MAX_TITLE) @NotNull
            String title,

            @Schema(examples = "1250000.00") @Nullable Money amount,

            @Schema(examples = "manager-7", description = "The user in charge, by id or login; told on the feed")
            @Nullable
            String managerId,

            @Schema(examples = "2027-01-31") @Nullable LocalDate expectedCloseOn,

            @Schema(examples = "landing-spring", maxLength = 100) @Nullable
            String source) {
        Deal.Terms terms() {
            return new DealData(title, amount, managerId, expectedCloseOn, source).terms();
        }
    }

    @Schema(name = "DealData", description = "What you leave out is forgotten")
    record DealData(
            @Schema(examples = "Станок и наладка", maxLength = MAX_TITLE) @NotNull
            String title,

            @Schema(examples = "1250000.00") @Nullable Money amount,

            @Schema(examples = "manager-7", description = "The user in charge, by id or login; told on the feed")
            @Nullable
            String managerId,

            @Schema(examples = "2027-01-31") @Nullable LocalDate expectedCloseOn,

            @Schema(examples = "landing-spring", maxLength = 100) @Nullable
            String source) {
        /** @throws io.snowball.platform.problem.ProblemException with all that is wrong */
        Deal.Terms terms() {
            FieldErrors errors = new FieldErrors();
            String clean = errors.read("/title", () -> CleanText.required(title, MAX_TITLE));
            Long kopecks = errors.read("/amount", () -> amount(amount));
            String manager = errors.read("/managerId", () -> UserIds.optional(managerId));
            LocalDate closeOn = errors.read("/expectedCloseOn", () -> date(expectedCloseOn));
            String cleanSource = errors.read("/source", () -> CleanText.optional(source, 100));
            errors.throwIfAny();
            return new Deal.Terms(String.valueOf(clean), kopecks, manager, closeOn, cleanSource);
        }

        private static @Nullable Long amount(@Nullable Money money) {
            if (money != null && money.kopecks() < 0) {
                throw new IllegalArgumentException("must not be negative");
            }
            return money == null ? null : money.kopecks();
        }

        private static @Nullable LocalDate date(@Nullable LocalDate date) {
            if (date != null && (date.getYear() < 1900 || date.getYear() >= 2200)) {
                throw new IllegalArgumentException("must be between the years 1900 and 2200");
            }
            return date;
        }
    }

    @Schema(name = "MoveDeal")
    record MoveDeal(
            @NotNull UUID stageId,

            @Schema(examples = "price", description = "Only to a LOST stage: a code to count by; told on the feed")
            @Nullable
            String lossReason) {}

    @Schema(name = "ReopenDeal")
    record ReopenDeal(
            @Schema(description = "An OPEN stage of the deal's pipeline") @NotNull
            UUID stageId) {}

    @Schema(name = "DealView")
    record DealView(
            @NotNull UUID id,

            @Schema(description = "Send it as If-Match when you change or move the deal") @NotNull
            int version,

            @NotNull UUID customerId,
            @NotNull UUID pipelineId,
            @NotNull UUID stageId,
            @NotNull StageKind stageKind,

            @Schema(description = "Left out for roles without the right to see personal data: it is free text")
            @Nullable
            String title,

            @Nullable Money amount,
            @Nullable String managerId,
            @Nullable LocalDate expectedCloseOn,

            @Schema(description = "Left out as the title is") @Nullable
            String source,

            @Nullable String lossReason,
            @NotNull Instant createdAt,

            @Schema(description = "When it came to the stage") @NotNull
            Instant enteredAt,

            @Nullable Instant closedAt,

            @Schema(description = "Until when it should have left the stage; absent where it may stay") @Nullable
            Instant dueAt)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return List.of(customerId);
        }

        static DealView of(Deal deal, boolean texts) {
            Deal.Terms terms = deal.terms();
            return new DealView(
                    deal.id(),
                    deal.version(),
                    deal.customerId(),
                    deal.pipelineId(),
                    deal.stageId(),
                    deal.stageKind(),
                    texts ? terms.title() : null,
                    terms.amount() == null ? null : new Money(terms.amount()),
                    terms.managerId(),
                    terms.expectedCloseOn(),
                    texts ? terms.source() : null,
                    deal.lossReason(),
                    deal.createdAt(),
                    deal.enteredAt(),
                    deal.closedAt(),
                    deal.dueAt());
        }
    }

    @Schema(name = "DealPage")
    record DealPage(@NotNull List<DealView> items, @Nullable String nextCursor) implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return items.stream().map(DealView::customerId).toList();
        }

        static DealPage of(Keyset<Deal> page, boolean texts) {
            return new DealPage(page.map(deal -> DealView.of(deal, texts)).items(), page.nextCursor());
        }
    }

    @Schema(name = "DealStayPage")
    record DealStayPage(
            @NotNull List<DealStayView> items, @Nullable String nextCursor) {
        static DealStayPage of(Keyset<Deal.Stay> page, Instant now) {
            return new DealStayPage(page.map(stay -> DealStayView.of(stay, now)).items(), page.nextCursor());
        }
    }

    @Schema(name = "DealStayView", description = "One stay at a stage")
    record DealStayView(
            @NotNull UUID stageId,

            @Schema(description = "As the stage is called now") @NotNull
            String stageName,

            @NotNull StageKind stageKind,
            @NotNull Instant enteredAt,

            @Schema(description = "Absent while the deal is there") @Nullable
            Instant leftAt,

            @Schema(examples = "86400", description = "How long, so far where it is there") @NotNull
            long seconds,

            @Schema(description = "The id of the user who moved it there") @NotNull
            String movedBy) {
        static DealStayView of(Deal.Stay stay, Instant now) {
            Instant left = stay.leftAt();
            return new DealStayView(
                    stay.stageId(),
                    stay.stageName(),
                    stay.stageKind(),
                    stay.enteredAt(),
                    left,
                    Duration.between(stay.enteredAt(), left == null ? now : left)
                            .toSeconds(),
                    stay.movedBy());
        }
    }
}
