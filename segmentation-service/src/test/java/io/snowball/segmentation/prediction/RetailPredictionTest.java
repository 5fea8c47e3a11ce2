package io.snowball.segmentation.prediction;

import static io.snowball.segmentation.retail.OnlineRetail.decimal;
import static io.snowball.segmentation.retail.OnlineRetail.report;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.hipparchus.special.Gamma.logGamma;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.snowball.platform.security.Roles;
import io.snowball.platform.testkit.TestDatabase;
import io.snowball.platform.testkit.TestTokens;
import io.snowball.segmentation.TestClock;
import io.snowball.segmentation.fact.FakeCustomerService;
import io.snowball.segmentation.retail.OnlineRetail;
import io.snowball.segmentation.retail.OnlineRetail.Order;
import io.snowball.segmentation.retail.RetailBook;
import io.snowball.segmentation.retail.RetailBook.Buyer;
import jakarta.inject.Inject;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/**
 * The predictions on Online Retail. The likelihood and the chance of being alive are written down again from the paper (Fader, Hardie,
 * Lee 2005); what was bought, and the potential, are counted again from the book.
 */
@QuarkusTest
@WithTestResource(TestDatabase.class)
@WithTestResource(FakeCustomerService.class)
class RetailPredictionTest {
    private static final LocalDate AS_OF = LocalDate.of(2011, 12, 9);

    @Inject
    OnlineRetail retail;

    @Inject
    PredictionWorker worker;

    @Inject
    TestClock clock;

    private JsonPath model = new JsonPath("{}");

    @BeforeEach
    void theShopHasClosed() {
        clock.set(TestClock.NOON);
        retail.load();
        String id = TestTokens.as(Roles.ANALYST)
                .contentType("application/json")
                .body("{\"asOf\": \"" + AS_OF + "\", \"model\": \"BG_NBD\"}")
                .post("/api/v1/prediction-models")
                .then()
                .statusCode(202)
                .extract()
                .path("id");
        worker.tick();
        model = get("prediction-models/" + id);
        assertThat(model.getString("state")).isEqualTo("READY");
    }

    /** What each buyer spent, by day; those of other tests too. */
    private List<SortedMap<LocalDate, Long>> buyers() {
        List<SortedMap<LocalDate, Long>> buyers = new ArrayList<>();
        RetailBook.buyers().forEach(b -> buyers.add(days(b)));
        for (List<Order> orders : retail.strangers(AS_OF.toString())) {
            SortedMap<LocalDate, Long> days = new TreeMap<>();
            orders.forEach(o -> days.merge(LocalDate.ofInstant(o.at(), ZoneOffset.UTC), o.pence(), Long::sum));
            if (!days.isEmpty()) {
                buyers.add(days);
            }
        }
        return buyers;
    }

    private static SortedMap<LocalDate, Long> days(Buyer buyer) {
        SortedMap<LocalDate, Long> days = new TreeMap<>();
        buyer.invoices().forEach(i -> days.merge(i.day(), i.pence(), Long::sum));
        return days;
    }

    private static double weeks(LocalDate from, LocalDate to) {
        return ChronoUnit.DAYS.between(from, to) / 7.0;
    }

    /** Of one buyer with x repeats, the last after t weeks, watched for T. */
    private static double logLikelihood(double[] p, double x, double t, double watched) {
        double r = p[0];
        double alpha = p[1];
        double a = p[2];
        double b = p[3];
        double alive = -(r + x) * Math.log(alpha + watched);
        double gone =
                x == 0 ? Double.NEGATIVE_INFINITY : Math.log(a) - Math.log(b + x - 1) - (r + x) * Math.log(alpha + t);
        double more = Math.max(alive, gone);
        return logGamma(r + x)
                - logGamma(r)
                + r * Math.log(alpha)
                + logGamma(a + b)
                + logGamma(b + x)
                - logGamma(b)
                - logGamma(a + b + x)
                + more
                + Math.log(Math.exp(alive - more) + Math.exp(gone - more));
    }

    private static double logLikelihood(double[] p, List<SortedMap<LocalDate, Long>> buyers) {
        return buyers.stream()
                .mapToDouble(d ->
                        logLikelihood(p, d.size() - 1, weeks(d.firstKey(), d.lastKey()), weeks(d.firstKey(), AS_OF)))
                .sum();
    }

    private double[] parameters() {
        String fit = "report.fits.find { it.model == 'BG_NBD' }.parameters.";
        return new double[] {
            model.getDouble(fit + "r"),
            model.getDouble(fit + "alpha"),
            model.getDouble(fit + "a"),
            model.getDouble(fit + "b")
        };
    }

    @Test
    @DisplayName("B5: the likelihood is the paper's, and has its maximum where the model was fitted")
    void b05TheFitIsTheMaximum() {
        List<SortedMap<LocalDate, Long>> buyers = buyers();
        double[] fitted = parameters();
        double best = logLikelihood(fitted, buyers);
        assertThat(model.getDouble("report.fits.find { it.model == 'BG_NBD' }.logLikelihood"))
                .isCloseTo(best, within(0.05));
        assertThat(model.getLong("report.population.buyers")).isEqualTo(buyers.size());
        assertThat(model.getLong("report.population.repeatBuyers"))
                .isEqualTo(buyers.stream().filter(d -> d.size() > 1).count());
        for (int i = 0; i < 4; i++) {
            for (double factor : new double[] {0.9, 1.1}) {
                double[] beside = fitted.clone();
                beside[i] *= factor;
                assertThat(logLikelihood(beside, buyers)).isLessThan(best);
            }
        }
    }

    @Test
    @DisplayName("B5, X10: each hundredth buyer: what they brought, the chance that they are alive, by hand")
    void b05ScoresOfBuyers() {
        double[] p = parameters();
        for (int i = 0; i < RetailBook.buyers().size(); i += 100) {
            SortedMap<LocalDate, Long> days = days(RetailBook.buyers().get(i));
            double x = days.size() - 1;
            double t = weeks(days.firstKey(), days.lastKey());
            double watched = weeks(days.firstKey(), AS_OF);
            double alive =
                    x == 0 ? 1 : 1 / (1 + p[2] / (p[3] + x - 1) * Math.pow((p[1] + watched) / (p[1] + t), p[0] + x));
            JsonPath told = get("predictions/" + RetailBook.buyers().get(i).id());
            assertThat(told.getDouble("probabilityAlive")).isCloseTo(alive, within(1e-6));
            assertThat(told.getDouble("churnProbability")).isCloseTo(1 - alive, within(1e-6));
            assertThat(told.getDouble("realised")).isCloseTo(pence(days) / 100.0, within(0.001));
        }
    }

    @Test
    @DisplayName("B5: the holdout's actual purchases are those of the book")
    void b05TheHoldoutIsTheBooks() {
        LocalDate until = LocalDate.parse(model.getString("report.holdout.calibratedUntil"));
        double actual = buyers().stream()
                .filter(d -> !d.firstKey().isAfter(until))
                .mapToLong(d -> d.tailMap(until.plusDays(1)).size())
                .sum();
        assertThat(model.getDouble("report.holdout.total.actual")).isCloseTo(actual, within(1e-6));
    }

    @Test
    @DisplayName("M11, M12, X10: the potential of the base, apart from what it brought and what is forecast")
    void m12ThePotentialByHand() {
        LocalDate from = AS_OF.minusWeeks(52).plusDays(1);
        List<Long> year = RetailBook.buyers().stream()
                .map(b -> pence(days(b).tailMap(from)))
                .filter(pence -> pence > 0)
                .sorted()
                .toList();
        // The ninth decile that is somebody's: the first whose place is at least nine tenths of all.
        long decile = year.get((int) Math.ceil(0.9 * year.size()) - 1);
        long all = buyers().size();
        double potential =
                year.stream().mapToLong(pence -> Math.max(pence, decile)).sum() + (double) decile * (all - year.size());
        long realised = buyers().stream().mapToLong(RetailPredictionTest::pence).sum();
        JsonPath base = get("predictions/base-value");
        assertThat(base.getLong("customers")).isEqualTo(all);
        assertThat(base.getDouble("realised")).isCloseTo(realised / 100.0, within(0.001));
        assertThat(base.getDouble("integralPotential")).isCloseTo(potential / 100, within(0.001));
        JsonPath metrics = report("metrics?from=2011-11-01&to=2011-11-30");
        assertThat(decimal(metrics, "metrics.find { it.code == 'M12' }.value").doubleValue())
                .isCloseTo(potential / 100, within(0.001));
        assertThat(decimal(metrics, "metrics.find { it.code == 'M11' }.value").doubleValue())
                .isCloseTo(potential / 100 / all, within(0.0051));
        assertThat(base.getDouble("forecast")).isNotEqualTo(base.getDouble("realised"));
    }

    private static long pence(SortedMap<LocalDate, Long> days) {
        return days.values().stream().mapToLong(pence -> pence).sum();
    }

    private static JsonPath get(String path) {
        return TestTokens.as(Roles.ANALYST)
                .get("/api/v1/" + path)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath(JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.DOUBLE));
    }
}
