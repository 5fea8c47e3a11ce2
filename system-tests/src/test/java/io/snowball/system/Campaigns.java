package io.snowball.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.snowball.launcher.api.Marketer;
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
    private final Marketer marketer;
    private final List<String> customers = new ArrayList<>();

    Campaigns(SnowballApi api) {
        this.api = api;
        this.marketer = new Marketer(api, name);
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
        marketer.consents(customers);
        return this;
    }

    /** @return the id of a campaign without a control group, once its segment holds all the customers */
    String prepared() {
        ObjectNode rule = JSON.createObjectNode().put("type", "attribute").put("attribute", "SOURCE");
        rule.putArray("in").add(name);
        String segment = marketer.segment(rule);
        until(() -> api.get("/api/v1/segments/" + segment).path("customers").asLong() == customers.size());
        String template = marketer.template(
                "{{ customer.first_name }}, письмо",
                "<p>{{ customer.first_name }}, <a href=\"https://shop.example.com/\">посмотрите</a></p>");
        return marketer.campaign(segment, template);
    }

    void launch(String campaign) {
        marketer.launch(campaign);
    }

    JsonNode report(String campaign) {
        return api.get("/api/v1/campaigns/" + campaign + "/report");
    }

    void withdraw(String customer) {
        marketer.withdraw(customer);
    }

    static void until(java.util.concurrent.Callable<Boolean> reached) {
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .ignoreExceptions()
                .until(reached);
    }
}
