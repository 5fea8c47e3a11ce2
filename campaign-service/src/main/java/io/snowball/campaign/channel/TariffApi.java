package io.snowball.campaign.channel;

import io.snowball.platform.money.Money;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

final class TariffApi {
    private TariffApi() {}

    @Schema(name = "CreateTariff")
    record CreateTariff(
            @Schema(examples = "EMAIL") @NotNull Channel channel,

            @Schema(examples = "0.05", description = "Price of one message") @NotNull
            Money price,

            @Schema(
                    examples = "2027-01-01T00:00:00Z",
                    description =
                            "Valid until the next tariff of the channel begins; must be in the future, before the year 2200")
            @NotNull
            Instant validFrom) {

        CreateTariff {
            if (price != null && price.kopecks() < 0) {
                throw new IllegalArgumentException("price must not be negative");
            }
        }
    }

    @Schema(name = "TariffView")
    record TariffView(
            @NotNull UUID id,
            @Schema(examples = "EMAIL") @NotNull Channel channel,
            @Schema(examples = "0.05") @NotNull Money price,

            @Schema(examples = "2027-01-01T00:00:00Z") @NotNull
            Instant validFrom) {

        static TariffView of(Tariffs.Tariff tariff) {
            return new TariffView(tariff.id(), tariff.channel(), tariff.price(), tariff.validFrom());
        }
    }

    @Schema(name = "TariffPage")
    record TariffPage(
            @NotNull List<TariffView> items, @Nullable String nextCursor) {
        static TariffPage of(Keyset<Tariffs.Tariff> page) {
            Keyset<TariffView> views = page.map(TariffView::of);
            return new TariffPage(views.items(), views.nextCursor());
        }
    }
}
