package io.snowball.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.SnowballApi;
import io.snowball.launcher.people.Person;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;

/** Customers who agreed, a segment of just them, and a campaign ready to be launched; each test has a source of its own. */
final class Campaigns {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final SnowballApi api;
    private final String name = "test-" + UUID.randomUUID();
    private final List<String> customers = new ArrayList<>();

    Campaigns(SnowballApi api) {
        this.api = api;
    }

    /** All addresses of this test begin with it. */
    String name() {
        return name;
    }

    /** Customer id to address, as an admin may see it. */
    Map<String, String> addresses() {
        Map<String, String> addresses = new HashMap<>();
        api.forEach(
                "/api/v1/customers",
                customer -> addresses.put(
                        customer.path("id").asText(), customer.path("email").asText()));
        return addresses;
    }

    List<String> customers() {
        return customers;
    }

    /** Imports so many customers and gives the consent of all of them. */
    Campaigns withConsentingCustomers(int count) {
        StringBuilder csv = new StringBuilder(
                "external_id,email,phone,first_name,last_name,sex,birthday,time_zone,language,source,registered_at\n");
        for (int n = 0; n < count; n++) {
            Person person = Person.of(n);
            csv.append(String.format(
                    Locale.ROOT,
                    "%s-%d,%s.%d@example.com,,%s,%s,,,,ru,%s,2026-01-01T00:00:00Z%n",
                    name,
                    n,
                    name,
                    n,
                    person.firstName(),
                    person.lastName(),
                    name));
        }
        ObjectNode wanted = JSON.createObjectNode().put("kind", "CUSTOMERS").put("format", "CSV");
        String id =
                api.once("/api/v1/imports", wanted, name + " import").path("id").asText();
        api.putText("/api/v1/imports/" + id + "/content", "text/csv", csv.toString());
        until(() -> api.get("/api/v1/imports/" + id).path("accepted").asLong() == count);
        api.forEach("/api/v1/customers", customer -> {
            if (customer.path("externalId").asText().startsWith(name)) {
                customers.add(customer.path("id").asText());
            }
        });
        String document = document();
        for (int from = 0; from < customers.size(); from += 1000) {
            consents(customers.subList(from, Math.min(customers.size(), from + 1000)), document);
        }
        return this;
    }

    /** @return the id of a campaign without a control group, once its segment holds all the customers */
    String prepared() {
        ObjectNode segment = JSON.createObjectNode().put("name", name);
        segment.putObject("rule")
                .put("type", "attribute")
                .put("attribute", "SOURCE")
                .putArray("in")
                .add(name);
        String segmentId = api.once("/api/v1/segments", segment, name + " segment")
                .path("id")
                .asText();
        until(() -> api.get("/api/v1/segments/" + segmentId).path("customers").asLong() == customers.size());
        ObjectNode template = JSON.createObjectNode()
                .put("name", name)
                .put("subject", "{{ customer.first_name }}, письмо")
                .put("html", "<p>{{ customer.first_name }}, <a href=\"https://shop.example.com/\">посмотрите</a></p>");
        String templateId = api.once("/api/v1/templates", template, name + " template")
                .path("id")
                .asText();
        ObjectNode campaign = JSON.createObjectNode()
                .put("name", name)
                .put("segmentId", segmentId)
                .put("templateId", templateId)
                .put("channel", "EMAIL")
                .put("controlShare", 0);
        return api.once("/api/v1/campaigns", campaign, name + " campaign")
                .path("id")
                .asText();
    }

    void launch(String campaign) {
        api.once("/api/v1/campaigns/" + campaign + "/launches", JSON.createObjectNode(), name + " launch");
    }

    JsonNode report(String campaign) {
        return api.get("/api/v1/campaigns/" + campaign + "/report");
    }

    void withdraw(String customer) {
        api.post("/api/v1/consents", item(JSON.createObjectNode(), customer, "WITHDRAWN"), UUID.randomUUID());
    }

    static void until(java.util.concurrent.Callable<Boolean> reached) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(reached);
    }

    private String document() {
        ObjectNode document = JSON.createObjectNode()
                .put("code", name)
                .put("type", "ADVERTISING")
                .put("purpose", "marketing")
                .put("language", "ru")
                .put("title", "Согласие на рекламу")
                .put("text", "Я согласен получать рекламу по электронной почте.")
                .put("effectiveFrom", "2026-01-01T00:00:00Z");
        return api.once("/api/v1/consent-documents", document, name + " document")
                .path("document")
                .path("id")
                .asText();
    }

    private void consents(List<String> ids, String document) {
        ObjectNode body = JSON.createObjectNode();
        ArrayNode items = body.putArray("items");
        ids.forEach(id -> item(items.addObject(), id, "GIVEN")
                .putObject("document")
                .put("id", document)
                .put("version", 1));
        JsonNode result = api.once("/api/v1/consents/batches", body, name + ids.getFirst());
        if (result.path("recorded").asInt() != ids.size()) {
            throw new AssertionError("Not all consents were recorded: " + result.path("refused"));
        }
    }

    private static ObjectNode item(ObjectNode item, String customer, String action) {
        item.put("customerId", customer)
                .put("type", "ADVERTISING")
                .put("purpose", "marketing")
                .put("channel", "EMAIL")
                .put("action", action)
                .putObject("evidence")
                .put("source", "web-form")
                .put("checkboxUntickedByDefault", true);
        return item;
    }
}
