package io.snowball.segmentation.metric;

import io.snowball.platform.money.Money;
import io.snowball.segmentation.rfm.RfmCell;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** The wire type of a customer's metrics. */
final class MetricApi {
    private MetricApi() {}

    @Schema(name = "CustomerMetrics", description = "What depends on an order is absent where there is none.")
    record CustomerMetricsView(
            @NotNull UUID customerId,

            @Schema(examples = "4", description = "Without cancelled and returned ones") @NotNull
            int orders,

            @NotNull Money revenue,

            @Schema(description = "revenue / orders, rounded half up") @Nullable
            Money averageBill,

            @Nullable Instant firstOrderAt,
            @Nullable Instant lastOrderAt,

            @Schema(examples = "120", description = "Whole days of 24 hours") @Nullable
            Long daysSinceFirstOrder,

            @Schema(examples = "12", description = "Whole days of 24 hours") @Nullable
            Long daysSinceLastOrder,

            @Nullable RfmCell cell) {}
}
