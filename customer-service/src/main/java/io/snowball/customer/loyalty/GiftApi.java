package io.snowball.customer.loyalty;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.snowball.platform.page.Keyset;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** Gifts on the wire. */
final class GiftApi {
    private GiftApi() {}

    @RegisterForReflection
    @Schema(name = "LoyaltyGift", description = "Material or not: what is given instead of points")
    record LoyaltyGift(
            @NotNull Gift.Kind kind,

            @Schema(examples = "guide-dry-skin", description = "Which one, as you know it")
            @NotNull
            @Pattern(regexp = "[A-Za-z0-9_-]{1,50}")
            String code) {
        static @Nullable LoyaltyGift of(@Nullable Gift gift) {
            return gift == null ? null : new LoyaltyGift(gift.kind(), gift.code());
        }
    }

    @Schema(name = "CustomerGift")
    record CustomerGift(
            @NotNull UUID id,
            @NotNull UUID ruleId,
            @NotNull LoyaltyGift gift,

            @Schema(examples = "event/0193a1b2-7c00-7000-8000-000000000000", description = "What it was given for")
            @NotNull
            String source) {
        static CustomerGift of(GiftSql.Given given) {
            return new CustomerGift(
                    given.id(),
                    given.ruleId(),
                    new LoyaltyGift(given.gift().kind(), given.gift().code()),
                    given.source());
        }
    }

    @Schema(name = "CustomerGiftPage")
    record CustomerGiftPage(
            @NotNull List<CustomerGift> items, @Nullable String nextCursor) {
        static CustomerGiftPage of(Keyset<GiftSql.Given> page) {
            return new CustomerGiftPage(page.map(CustomerGift::of).items(), page.nextCursor());
        }
    }
}
