package io.snowball.segmentation.rfm;

import io.smallrye.mutiny.Uni;
import io.snowball.platform.db.Params;
import io.snowball.platform.db.Rows;
import io.snowball.platform.money.Money;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/** The settings' one row. */
@ApplicationScoped
public class RfmSettingsSql {
    /* language=PostgreSQL */
    private static final String READ = """
            select first_purchase_days, active_days, at_risk_days, promising_from_orders, loyal_from_orders, vip_from_revenue,
              version
            from rfm_settings
            """;

    /* language=PostgreSQL */
    private static final String REPLACE = """
            update rfm_settings
            set first_purchase_days = $1, active_days = $2, at_risk_days = $3, promising_from_orders = $4,
              loyal_from_orders = $5, vip_from_revenue = $6, version = version + 1
            where version = $7
            returning first_purchase_days, active_days, at_risk_days, promising_from_orders, loyal_from_orders,
              vip_from_revenue, version
            """;

    public record Versioned(RfmSettings settings, int version) {}

    /** @param client a transaction's connection, so that the settings belong to the same moment as what they are used for */
    public Uni<RfmSettings> current(SqlClient client) {
        return versioned(client).map(Versioned::settings);
    }

    public Uni<Versioned> versioned(SqlClient client) {
        return client.preparedQuery(READ)
                .execute()
                .map(rows -> settings(rows.iterator().next()));
    }

    /** @return empty where the version is no longer this one */
    Uni<Optional<Versioned>> replace(SqlClient client, RfmSettings settings, int version) {
        return client.preparedQuery(REPLACE)
                .execute(Params.of(
                        settings.firstPurchaseDays(),
                        settings.activeDays(),
                        settings.atRiskDays(),
                        settings.promisingFromOrders(),
                        settings.loyalFromOrders(),
                        settings.vipFromRevenue().kopecks(),
                        version))
                .map(rows -> Rows.first(rows, RfmSettingsSql::settings));
    }

    private static Versioned settings(Row row) {
        return new Versioned(
                new RfmSettings(
                        row.getInteger("first_purchase_days"),
                        row.getInteger("active_days"),
                        row.getInteger("at_risk_days"),
                        row.getInteger("promising_from_orders"),
                        row.getInteger("loyal_from_orders"),
                        new Money(row.getLong("vip_from_revenue"))),
                row.getInteger("version"));
    }
}
