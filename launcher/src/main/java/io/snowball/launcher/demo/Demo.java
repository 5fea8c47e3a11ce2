package io.snowball.launcher.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.installation.Credentials;
import io.snowball.launcher.installation.Endpoints;
import io.snowball.launcher.installation.Progress;
import io.snowball.launcher.machine.Trouble;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The main job, from purchases to the report, over the API that everybody uses. Each step can be done again: what has been done
 * is answered as it was.
 */
public final class Demo {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final int CONSENT_BATCH = 500;

    private final SnowballApi api;
    private final SnowballApi mailbox;
    private final Credentials credentials;
    private final DemoState state;
    private final CdnowSample sample;
    private final Progress progress;
    private final Consumer<String> screen;
    private Instant stepBegan = Instant.now();

    public Demo(Endpoints endpoints, Credentials credentials, Path folder, Progress progress, Consumer<String> screen) {
        this.api = new SnowballApi(endpoints.gateway());
        this.mailbox = new SnowballApi(endpoints.mailbox());
        this.credentials = credentials;
        this.state = new DemoState(folder);
        this.sample = CdnowSample.endingOn(state.lastDay());
        this.progress = progress;
        this.screen = screen;
    }

    public DemoReport run() {
        api.signIn(credentials.adminLogin(), credentials.adminPassword());
        JsonNode customers = imported("CUSTOMERS", sample.customersCsv());
        done("customers", stored(customers) + " imported, with invented names");
        JsonNode orders = imported("ORDERS", sample.ordersCsv());
        done("orders", stored(orders) + " real purchases, the last of them on " + state.lastDay());
        JsonNode rfm = scored();
        done("scores", "every customer is in a cell of the RFM grid");
        screen.accept(RfmTable.of(rfm));

        Map<String, String> people = people();
        long agreed = consented(people);
        done("consents", agreed + " of " + people.size() + " agreed to advertising by e-mail");
        JsonNode segment = segment();
        done("segment", segment.path("customers").asText() + " customers who came back or spent at least 20");
        String campaign = campaign(segment.path("id").asText());
        JsonNode estimate = api.post(
                "/api/v1/campaigns/" + campaign + "/estimates", api.json().createObjectNode(), null);
        done("estimate", Sentences.estimate(estimate));
        made("/api/v1/campaigns/" + campaign + "/launches", api.json().createObjectNode(), "launch");
        awaitUntil("the campaign to be sent", () -> state(campaign).equals("COMPLETED"));
        done("campaign", report(campaign).path("sent").asText() + " letters handed over to the mail server");

        List<Mails.Mail> mails = Mails.read(mailbox, campaign);
        Recipients recipients = new Recipients(api, people);
        recipients.react(mails);
        recipients.buy(segment.path("id").asText(), key("buy"), state.boughtAt());
        awaitUntil("the report to know it all", () -> recipients.areIn(report(campaign)));
        done("reactions", recipients.summary());
        JsonNode report = report(campaign);
        screen.accept(Sentences.report(report));
        return result(customers, orders, rfm, report, mails);
    }

    private JsonNode imported(String kind, String csv) {
        ObjectNode wanted = api.json().createObjectNode().put("kind", kind).put("format", "CSV");
        String id = made("/api/v1/imports", wanted, "import " + kind);
        if (!importOf(id).path("state").asText().equals("COMPLETED")) {
            api.putText("/api/v1/imports/" + id + "/content", "text/csv", csv);
            awaitUntil(
                    "the import of " + kind,
                    () -> importOf(id).path("state").asText().equals("COMPLETED"));
        }
        JsonNode finished = importOf(id);
        if (finished.path("rejected").asLong() > 0) {
            throw new Trouble("The import of " + kind + " rejected " + finished.path("rejected")
                    + " lines; see /api/v1/imports/" + id + "/errors");
        }
        return finished;
    }

    /** What an upload that was cut off had stored is unchanged in the next. */
    private static long stored(JsonNode finished) {
        return finished.path("accepted").asLong() + finished.path("unchanged").asLong();
    }

    private JsonNode importOf(String id) {
        return api.get("/api/v1/imports/" + id);
    }

    /** As of the end of the last day of the data: what is bought later, and time, change nothing in it. */
    private JsonNode scored() {
        String asOf = state.lastDay()
                .plusDays(1)
                .atStartOfDay()
                .toInstant(ZoneOffset.UTC)
                .toString();
        awaitUntil(
                "the scores",
                () -> api.get("/api/v1/rfm?asOf=" + asOf).path("customers").asLong() == sample.customers()
                        && api.get("/api/v1/rfm?asOf=" + asOf).path("orders").asLong()
                                == sample.purchases().size());
        return api.get("/api/v1/rfm?asOf=" + asOf);
    }

    /** Our customers: external id to id. */
    private Map<String, String> people() {
        Map<String, String> people = new TreeMap<>();
        api.forEach("/api/v1/customers", customer -> {
            String externalId = customer.path("externalId").asText();
            if (externalId.startsWith("cdnow-")) {
                people.put(externalId, customer.path("id").asText());
            }
        });
        return people;
    }

    /** Four of five, by their place in the list: the same ones every time. */
    private long consented(Map<String, String> people) {
        ObjectNode document = api.json()
                .createObjectNode()
                .put("code", "demo-advertising-email")
                .put("type", "ADVERTISING")
                .put("purpose", "marketing")
                .put("language", "ru")
                .put("title", "Согласие на получение рекламы по электронной почте")
                .put(
                        "text",
                        "Я согласен получать рекламу магазина по электронной почте. Отозвать согласие можно в любой момент по "
                                + "ссылке в каждом письме, бесплатно и без объяснения причин.")
                .put(
                        "effectiveFrom",
                        state.lastDay()
                                .minusYears(2)
                                .atStartOfDay()
                                .toInstant(ZoneOffset.UTC)
                                .toString());
        String documentId = state.keep(
                "document",
                () -> api.once("/api/v1/consent-documents", document, key("document"))
                        .path("document")
                        .path("id")
                        .asText());
        List<String> ids = new ArrayList<>(people.values());
        List<String> agreed = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            if (i % 5 != 4) {
                agreed.add(ids.get(i));
            }
        }
        for (int from = 0; from < agreed.size(); from += CONSENT_BATCH) {
            List<String> batch = agreed.subList(from, Math.min(agreed.size(), from + CONSENT_BATCH));
            made("/api/v1/consents/batches", consents(batch, documentId), "consents " + from);
        }
        return agreed.size();
    }

    private ObjectNode consents(List<String> customerIds, String documentId) {
        ObjectNode body = api.json().createObjectNode();
        ArrayNode items = body.putArray("items");
        for (String customerId : customerIds) {
            ObjectNode item = items.addObject()
                    .put("customerId", customerId)
                    .put("type", "ADVERTISING")
                    .put("purpose", "marketing")
                    .put("channel", "EMAIL")
                    .put("action", "GIVEN");
            item.putObject("document").put("id", documentId).put("version", 1);
            item.putObject("evidence")
                    .put("source", "web-form")
                    .put("formId", "demo-checkout")
                    .put("checkboxUntickedByDefault", true)
                    .put(
                            "at",
                            state.lastDay()
                                    .minusYears(1)
                                    .atStartOfDay()
                                    .toInstant(ZoneOffset.UTC)
                                    .toString())
                    // The sample's customers confirmed it where they were customers before.
                    .putObject("confirmation")
                    .put("method", "IMPORTED_PROOF")
                    .put("reference", "demo-sample");
        }
        return body;
    }

    private JsonNode segment() {
        ObjectNode segment = api.json()
                .createObjectNode()
                .put("name", "Возвращались или потратили не меньше 20")
                .put("description", "Made by the demo");
        ArrayNode either = segment.putObject("rule").put("type", "any").putArray("rules");
        metric(either.addObject(), "ORDERS", 2);
        metric(either.addObject(), "REVENUE", 20);
        String id = made("/api/v1/segments", segment, "segment");
        return api.get("/api/v1/segments/" + id);
    }

    private static void metric(ObjectNode rule, String metric, int atLeast) {
        rule.put("type", "metric")
                .put("metric", metric)
                .put("op", "GREATER_OR_EQUAL")
                .put("value", atLeast);
    }

    private String campaign(String segmentId) {
        ObjectNode template = api.json()
                .createObjectNode()
                .put("name", "Demo: скидка для постоянных покупателей")
                .put("subject", "{{ customer.first_name }}, скидка 10 % на новые диски до воскресенья")
                .put("html", Sentences.LETTER);
        String templateId = made("/api/v1/templates", template, "template");
        ObjectNode campaign = api.json()
                .createObjectNode()
                .put("name", "Demo: вернуть тех, кто уже покупал")
                .put("segmentId", segmentId)
                .put("templateId", templateId)
                .put("channel", "EMAIL")
                .put("controlShare", 0.1);
        return made("/api/v1/campaigns", campaign, "campaign");
    }

    /** @return the id, where it has one; killed before that is kept, the next run gets the same answer by the same key */
    private String made(String path, ObjectNode body, String what) {
        return state.keep(what, () -> api.once(path, body, key(what)).path("id").asText());
    }

    private String state(String campaign) {
        return api.get("/api/v1/campaigns/" + campaign).path("state").asText();
    }

    private JsonNode report(String campaign) {
        return api.get("/api/v1/campaigns/" + campaign + "/report");
    }

    private DemoReport result(
            JsonNode customers, JsonNode orders, JsonNode rfm, JsonNode report, List<Mails.Mail> mails) {
        Map<String, Long> cells = new LinkedHashMap<>();
        rfm.path("cells")
                .forEach(cell -> cells.put(
                        cell.path("cell").asText(), cell.path("customers").asLong()));
        long messages = mails.stream().map(Mails.Mail::message).distinct().count();
        return new DemoReport(
                stored(customers),
                stored(orders),
                new BigDecimal(rfm.path("revenue").asText()),
                cells,
                report.path("planned").asLong(),
                report.path("control").asLong(),
                Sentences.withoutConsent(report),
                report.path("sent").asLong(),
                report.path("delivered").asLong(),
                report.path("opened").asLong(),
                report.path("clicked").asLong(),
                report.path("unsubscribed").asLong(),
                mails.size() - messages);
    }

    private String key(String operation) {
        return state.name() + " " + operation;
    }

    private void done(String step, String detail) {
        progress.done(step, Duration.between(stepBegan, Instant.now()), detail);
        stepBegan = Instant.now();
    }

    private static void awaitUntil(String what, BooleanSupplier reached) {
        Instant until = Instant.now().plus(PATIENCE);
        while (!reached.getAsBoolean()) {
            if (Instant.now().isAfter(until)) {
                throw new Trouble("Waited " + PATIENCE.toMinutes() + " minutes for " + what
                        + ", in vain; .snowball/logs tells why. Run the demo again to go on from there.");
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new Trouble("Stopped.", stopped);
            }
        }
    }
}
