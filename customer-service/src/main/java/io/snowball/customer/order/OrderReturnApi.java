package io.snowball.customer.order;

import io.snowball.platform.money.Money;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Returns on the wire. */
final class OrderReturnApi {
    private OrderReturnApi() {}

    @Schema(name = "CreateOrderReturn")
    record CreateOrderReturn(
            @Schema(examples = "R-17", description = "The return's id in your own system: it makes repeating harmless")
            @NotNull
            String externalId,

            @NotNull Instant returnedAt,

            @NotEmpty @Size(max = OrderDraft.MAX_LINES) List<@NotNull @Valid OrderReturnLine> lines,

            @Schema(
                    examples = "799.95",
                    description =
                            "What was paid back; if left out, what was paid for these pieces after the line's discount")
            @Nullable
            Money amount) {

        /** Pieces by sku. */
        Map<String, Integer> pieces() {
            Map<String, Integer> pieces = new LinkedHashMap<>();
            lines.forEach(line -> pieces.merge(OrderLine.sku(line.sku()), line.quantity(), Integer::sum));
            return pieces;
        }
    }

    @Schema(name = "OrderReturnLine")
    record OrderReturnLine(
            @Schema(examples = "SKU-1") @NotNull String sku,

            @Schema(examples = "1") @NotNull @Min(1) @Max(OrderLine.MAX_QUANTITY)
            Integer quantity) {}

    @Schema(name = "OrderReturnView")
    record OrderReturnView(
            @NotNull UUID orderId,
            @NotNull String externalId,
            @NotNull Instant returnedAt,
            @NotNull Money amount,
            @NotNull List<OrderReturnLine> lines) {}

    @Schema(name = "OrderReturnList")
    record OrderReturnList(@NotNull List<OrderReturnView> items) {}
}
