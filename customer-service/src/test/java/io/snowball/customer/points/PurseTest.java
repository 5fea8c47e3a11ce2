package io.snowball.customer.points;

import static io.snowball.customer.Shop.unique;
import static io.snowball.customer.loyalty.Programme.available;
import static io.snowball.customer.loyalty.Programme.give;
import static io.snowball.customer.loyalty.Programme.post;
import static io.snowball.customer.loyalty.Programme.redeem;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.snowball.customer.Shop;
import io.snowball.customer.loyalty.Programme;
import io.snowball.platform.id.Ids;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Points of people who are merged, taken apart, and erased. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PurseTest {
    @Inject
    Shop shop;

    @Inject
    Programme programme;

    private UUID customer = Ids.next();

    @BeforeEach
    void somebody() {
        customer = Shop.customer(unique("c"));
    }

    @Test
    @DisplayName("A merge moves points, an unmerge gives them back as far as they are not spent")
    void mergedPeopleShareOnePurse() {
        UUID other = Shop.customer(unique("c"));
        give(customer, 10);
        give(other, 100);
        String merge = post("merges", "{\"customerId\":\"%s\",\"mergedCustomerId\":\"%s\"}".formatted(customer, other))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
        assertThat(available(customer)).isEqualTo(110);
        assertThat(available(other)).isEqualTo(110);
        programme.checkBooks(customer);
        redeem(customer, 50, "x");
        programme.checkBooks(customer);
        post("merges/" + merge + "/unmerges", "{}").then().statusCode(200);
        programme.checkBooks(customer);
        programme.checkBooks(other);
        assertThat(available(customer)).isZero();
        assertThat(available(other)).isEqualTo(60);
        assertThat(shop.count("""
                        select coalesce(sum(case to_account when 'TRANSFER' then points else -points end), 0)::bigint
                        from points_entry where customer_id in ($1, $2) and 'TRANSFER' in (from_account, to_account)
                        """, customer, other)).isZero();
    }

    @Test
    @DisplayName("152-FZ 21: an erased person has no points, codes or levels; what was given stays counted")
    void erasureTakesThePersonOut() {
        give(customer, 10);
        redeem(customer, 3, "x");
        post("referral-codes", "{\"customerId\":\"%s\"}".formatted(customer))
                .then()
                .statusCode(201);
        TestTokens.as(Roles.DPO)
                .delete("/api/v1/personal-data/" + customer)
                .then()
                .statusCode(200);
        for (String table :
                List.of("points_account", "points_entry", "points_lot", "points_redemption", "referral_code")) {
            assertThat(shop.count("select count(*) from " + table + " where customer_id = $1", customer))
                    .as(table)
                    .isZero();
        }
    }
}
