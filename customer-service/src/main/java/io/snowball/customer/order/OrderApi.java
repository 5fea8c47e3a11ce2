package io.snowball.customer.order;

import io.snowball.platform.access.Accessed;
import io.snowball.platform.money.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Orders on the wire. */
final class OrderApi {
    private OrderApi() {}

    @Schema(name = "OrderBatch")
    record OrderBatch(@NotEmpty @Size(max = 1000) List<@NotNull @Valid OrderData> items) {}

    @Schema(name = "OrderData", description = "An order with all its lines; give customerId or customerExternalId")
    record OrderData(
            @Schema(examples = "2026-000123", description = "The order's id in your own system") @NotNull
            String externalId,

            @Nullable UUID customerId,

            @Schema(examples = "shop-10042") @Nullable String customerExternalId,

            @NotNull Instant orderedAt,

            @Schema(description = "PAID, if left out; PARTLY_RETURNED follows from returns and can't be sent") @Nullable
            OrderStatus status,

            @Schema(examples = "1499.90", description = "The sum of the lines, if left out") @Nullable
            Money amount,

            @Schema(examples = "web") @Nullable String channel,

            @Schema(examples = "msk-tverskaya", description = "The shop, site or branch that sold it", maxLength = 100)
            @Nullable
            String shop,

            @Schema(examples = "card", maxLength = 50) @Nullable
            String paymentMethod,

            @Size(max = OrderDraft.MAX_LINES) @Nullable List<@NotNull @Valid OrderLineData> lines) {

        /** @throws IllegalArgumentException with a sentence on what can't be right */
        OrderDraft toDraft(Instant now) {
            if ((customerId == null) == (customerExternalId == null)) {
                throw new IllegalArgumentException("give either customerId or customerExternalId");
            }
            List<OrderLineData> given = lines == null ? List.of() : lines;
            OrderDraft draft = OrderDraft.of(
                    OrderDraft.externalId(externalId),
                    customerId,
                    customerExternalId == null ? null : OrderDraft.externalId(customerExternalId),
                    OrderDraft.orderedAt(orderedAt, now),
                    status == null ? OrderStatus.PAID : status,
                    amount,
                    OrderDraft.channel(channel),
                    given.stream().map(OrderLineData::toLine).toList());
            return draft.sold(shop, paymentMethod);
        }
    }

    @Schema(name = "OrderLineData")
    record OrderLineData(
            @Schema(examples = "SKU-1") @NotNull String sku,

            @Schema(examples = "2") @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY)
            Integer quantity,

            @Schema(examples = "799.95", description = "Of one piece") @NotNull
            Money price,

            @Schema(examples = "100.00", description = "On the whole line") @Nullable
            Money discount) {
        OrderLine toLine() {
            return OrderLine.of(sku, quantity, price, discount);
        }
    }

    @Schema(name = "OrderBatchResult")
    record OrderBatchResult(
            @Schema(description = "In the order of the items sent") @NotNull
            List<OrderItemOutcome> items) {}

    @Schema(name = "OrderItemOutcome")
    record OrderItemOutcome(
            @Schema(examples = "2026-000123") @NotNull String externalId,

            @Schema(description = "DUPLICATE: stored exactly so before, nothing was done") @NotNull
            OrderOutcome.Status outcome,

            @Schema(description = "Our id of the order, unless it was rejected") @Nullable
            UUID orderId,

            @Schema(examples = "there is no such customer: send the customer first") @Nullable
            String reason) {
        static OrderItemOutcome of(OrderData sent, OrderOutcome outcome) {
            return new OrderItemOutcome(sent.externalId(), outcome.status(), outcome.id(), outcome.reason());
        }
    }

    @Schema(name = "OrderView")
    record OrderView(
            @NotNull UUID id,

            @Schema(examples = "2026-000123") @NotNull String externalId,

            @Schema(description = "Absent where the customer's data were destroyed: the order stays") @Nullable
            UUID customerId,

            @NotNull Instant orderedAt,
            @NotNull OrderStatus status,

            @Schema(description = "Of the whole order, returns not taken off") @NotNull
            Money amount,

            @Schema(examples = "0.00", description = "What of it came back") @NotNull
            Money returned,

            @Schema(examples = "web") @Nullable String channel,

            @Schema(examples = "msk-tverskaya") @Nullable String shop,

            @Schema(examples = "card") @Nullable String paymentMethod,

            @Schema(examples = "1", description = "Grows with every change") @NotNull
            int version,

            @NotNull List<OrderLineView> lines)
            implements Accessed {
        @Override
        public List<UUID> whoseData() {
            return customerId == null ? List.of() : List.of(customerId);
        }

        static OrderView of(StoredOrder order, List<OrderLine> lines) {
            return new OrderView(
                    order.id(),
                    order.externalId(),
                    order.customerId(),
                    order.orderedAt(),
                    order.status(),
                    new Money(order.amount()),
                    new Money(order.returned()),
                    order.channel(),
                    order.shop(),
                    order.paymentMethod(),
                    order.version(),
                    lines.stream().map(OrderLineView::of).toList());
        }
    }

    @Schema(name = "OrderLineView")
    record OrderLineView(
            @NotNull String sku,
            @NotNull int quantity,
            @NotNull Money price,
            @NotNull Money discount) {
        static OrderLineView of(OrderLine line) {
            return new OrderLineView(line.sku(), line.quantity(), new Money(line.price()), new Money(line.discount()));
        }
    }

    @Schema(name = "OrderPage")
    record OrderPage(
            @NotNull List<OrderView> items, @Nullable String nextCursor) {}
}
