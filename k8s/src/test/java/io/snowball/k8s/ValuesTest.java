package io.snowball.k8s;

import static io.snowball.k8s.Manifests.environment;
import static io.snowball.k8s.Manifests.items;
import static io.snowball.k8s.Manifests.secrets;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What values may be, and what is said where they may not. */
class ValuesTest {

    @Nested
    class Overrides {
        @Test
        void aServicesOwnWordWinsAndTheOthersKeepTheDefault() {
            var manifests = Chart.renderMinimalWith("""
                    defaults: {replicas: 2, resources: {requests: {cpu: 300m}}}
                    services: {consent: {replicas: 3, resources: {requests: {memory: 2Gi}}}}
                    """);

            var consent = manifests.one("Deployment", "snowball-consent");
            assertThat(consent.at("/spec/replicas").asInt()).isEqualTo(3);
            var requests = consent.at("/spec/template/spec/containers/0/resources/requests");
            assertThat(requests.path("memory").asText()).isEqualTo("2Gi");
            assertThat(requests.path("cpu").asText()).isEqualTo("300m");
            var customer = manifests.one("Deployment", "snowball-customer");
            assertThat(customer.at("/spec/replicas").asInt()).isEqualTo(2);
            assertThat(customer.at("/spec/template/spec/containers/0/resources/requests/memory")
                            .asText())
                    .isEqualTo("512Mi");
        }

        /** Merge functions like to take false and 0 for "nothing said". */
        @Test
        void aServicesOwnNoWinsOverADefaultYes() {
            var manifests = Chart.renderMinimalWith("""
                    defaults: {replicas: 2, podDisruptionBudget: {enabled: true}}
                    services: {customer: {podDisruptionBudget: {enabled: false}}, segmentation: {replicas: 0}}
                    """);

            assertThat(manifests.names("PodDisruptionBudget"))
                    .containsExactlyInAnyOrder("snowball-campaign", "snowball-consent", "snowball-gateway");
            assertThat(manifests
                            .one("Deployment", "snowball-segmentation")
                            .at("/spec/replicas")
                            .asInt(-1))
                    .isZero();
        }

        @Test
        void aVariableSetByHandWinsAndReachesTheMigrationToo() {
            var manifests = Chart.renderMinimalWith("""
                    defaults: {env: {QUARKUS_LOG_LEVEL: WARN, QUARKUS_SHUTDOWN_TIMEOUT: 7S}}
                    services: {consent: {env: {QUARKUS_LOG_LEVEL: DEBUG}}}
                    """);

            for (var kind : new String[] {"Deployment/snowball-consent", "Job/snowball-consent-migration"}) {
                var parts = kind.split("/", -1);
                assertThat(environment(manifests.one(parts[0], parts[1]).at("/spec/template")))
                        .containsEntry("QUARKUS_LOG_LEVEL", "DEBUG")
                        .containsEntry("QUARKUS_SHUTDOWN_TIMEOUT", "7S");
            }
        }

        @Test
        void everyServiceHasItsOwnDatabaseUnlessToldOtherwise() {
            var manifests = Chart.render(Chart.FULL);

            assertThat(environment(
                            manifests.one("Deployment", "snowball-consent").at("/spec/template")))
                    .containsEntry("SNOWBALL_DB_HOST", "postgres.example.internal")
                    .containsEntry("SNOWBALL_DB_PORT", "6432")
                    .containsEntry("SNOWBALL_DB_NAME", "consent");
            var segmentation =
                    manifests.one("Deployment", "snowball-segmentation").at("/spec/template");
            assertThat(environment(segmentation))
                    .containsEntry("SNOWBALL_DB_HOST", "analytics.example.internal")
                    .containsEntry("SNOWBALL_DB_PORT", "5433")
                    .containsEntry("SNOWBALL_DB_NAME", "segments");
            assertThat(secrets(segmentation)).containsEntry("SNOWBALL_DB_PASSWORD", "segments-db/password");
        }

        @Test
        void theMailServerAndTheSignatureAreCampaignsAlone() {
            var manifests = Chart.render(Chart.FULL);

            var campaign = manifests.one("Deployment", "snowball-campaign").at("/spec/template");
            assertThat(environment(campaign))
                    .containsEntry("CAMPAIGN_SMTP_HOST", "mail.example.internal")
                    .containsEntry("CAMPAIGN_SMTP_PORT", "587")
                    .containsEntry("CAMPAIGN_SMTP_TLS", "required")
                    .containsEntry("CAMPAIGN_SMTP_HELLO_NAME", "out.example.com")
                    .containsEntry("CAMPAIGN_SENDER_ADDRESS", "news@example.com")
                    .containsEntry("CAMPAIGN_SENDER_NAME", "Магазин «Пример»")
                    .containsEntry("CAMPAIGN_DKIM_DOMAIN", "example.com")
                    .containsEntry("CAMPAIGN_DKIM_SELECTOR", "snowball")
                    .containsEntry("CAMPAIGN_DKIM_KEY_FILE", "/etc/snowball/dkim/dkim.pem");
            assertThat(secrets(campaign))
                    .containsEntry("CAMPAIGN_SMTP_USER", "mail-login/username")
                    .containsEntry("CAMPAIGN_SMTP_PASSWORD", "mail-login/password")
                    .containsEntry("CAMPAIGN_EXAMPLE_TOKEN", "campaign-extra/token");
            assertThat(secrets(manifests.one("Deployment", "snowball-gateway").at("/spec/template")))
                    .containsOnlyKeys(
                            "GATEWAY_ADMIN_PASSWORD",
                            "GATEWAY_LOGIN_SECOND_FACTOR_KEY",
                            "SNOWBALL_DB_PASSWORD",
                            "SNOWBALL_DB_USER",
                            "SNOWBALL_INTERNAL_KEY");
        }

        /** In the migration too: campaign does not start without a key that it was told of. */
        @ParameterizedTest
        @CsvSource({"Deployment, snowball-campaign", "Job, snowball-campaign-migration"})
        void theKeyOfTheSignatureIsAFileThatOnlyThePodReads(String kind, String name) {
            var pod = Chart.render(Chart.FULL).one(kind, name).at("/spec/template/spec");

            var volume = items(pod.path("volumes"))
                    .filter(v -> v.path("name").asText().equals("dkim"))
                    .findFirst()
                    .orElseThrow();
            assertThat(volume.at("/secret/secretName").asText()).isEqualTo("mail-dkim");
            assertThat(volume.at("/secret/items/0/path").asText()).isEqualTo("dkim.pem");
            assertThat(volume.at("/secret/defaultMode").asInt()).isEqualTo(0440);
            assertThat(items(pod.at("/containers/0/volumeMounts")))
                    .anySatisfy(mount ->
                            assertThat(mount.path("mountPath").asText()).isEqualTo("/etc/snowball/dkim"));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "{}                                                    | off",
                    "{smtp: {existingSecret: x}}                           | required",
                    "{smtp: {existingSecret: x, tls: implicit, port: 465}} | implicit",
                    "{smtp: {tls: opportunistic}}                          | opportunistic"
                })
        void aPasswordMeansTlsUnlessToldOtherwise(String campaign, String tls) {
            var manifests = Chart.renderMinimalWith("services: {campaign: " + campaign + "}");

            assertThat(environment(
                            manifests.one("Deployment", "snowball-campaign").at("/spec/template")))
                    .containsEntry("CAMPAIGN_SMTP_TLS", tls)
                    .containsEntry("CAMPAIGN_SMTP_HELLO_NAME", "crm.example.com");
        }

        @Test
        void theFirstUserHasAPasswordFromASecretUnlessPeopleSignInElsewhere() {
            var gateway = Chart.render(Chart.FULL)
                    .one("Deployment", "snowball-gateway")
                    .at("/spec/template");
            assertThat(environment(gateway)).containsEntry("GATEWAY_ADMIN_LOGIN", "root");
            assertThat(secrets(gateway)).containsEntry("GATEWAY_ADMIN_PASSWORD", "first-admin/password");

            var elsewhere =
                    Chart.renderMinimalWith("services: {gateway: {admin: {enabled: false, existingSecret: ''}}}");
            assertThat(secrets(elsewhere.one("Deployment", "snowball-gateway").at("/spec/template")))
                    .doesNotContainKey("GATEWAY_ADMIN_PASSWORD");
        }

        @Test
        void r32WhoNeedsASecondFactorIsAValueAndItsKeyASecret() {
            var gateway = Chart.render(Chart.FULL)
                    .one("Deployment", "snowball-gateway")
                    .at("/spec/template");
            assertThat(environment(gateway)).containsEntry("GATEWAY_LOGIN_SECOND_FACTOR_ROLES", "admin,dpo,marketer");
            assertThat(secrets(gateway))
                    .containsEntry("GATEWAY_LOGIN_SECOND_FACTOR_KEY", "gateway-second-factor/factor");

            // Nothing said leaves it to the gateway: admin and dpo.
            var silent = Chart.render(Chart.MINIMAL)
                    .one("Deployment", "snowball-gateway")
                    .at("/spec/template");
            assertThat(environment(silent)).doesNotContainKey("GATEWAY_LOGIN_SECOND_FACTOR_ROLES");
            assertThat(secrets(silent)).doesNotContainKey("GATEWAY_LOGIN_SECOND_FACTOR_KEY");
            assertThat(Chart.refusal("services: {gateway: {secondFactor: {roles: [boss]}}}"))
                    .contains("secondFactor");
        }

        @ParameterizedTest
        @CsvSource({
            "snowball-customer, images.example.com/crm/snowball-customer:0.1.0-hotfix, true",
            "snowball-consent, images.example.com/crm/snowball-consent:0.1.0-native, false"
        })
        void theKindOfImageDecidesTheTagAndWhetherJavaIsTuned(String name, String image, boolean java) {
            var pod = Chart.render(Chart.FULL).one("Deployment", name).at("/spec/template");

            assertThat(pod.at("/spec/containers/0/image").asText()).isEqualTo(image);
            assertThat(environment(pod).containsKey("JDK_JAVA_OPTIONS")).isEqualTo(java);
        }
    }

    @Nested
    class Refusals {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "publicURL: https://crm.example.com",
                    "defaults: {replica: 2}",
                    "services: {costumer: {replicas: 2}}",
                    "services: {customer: {resourses: {}}}",
                    "services: {campaign: {smtp: {hots: mail}}}",
                    "networkPolicy: {enable: false}",
                    "monitoring: {rules: {feedLagSecond: 3}}"
                })
        void aTypoIsRefusedBySchema(String values) {
            assertThat(Chart.refusal(values)).contains("values don't meet the specifications of the schema");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "defaults: {image: {tag: latest}}",
                    "defaults: {resources: {limits: null}}",
                    "defaults: {resources: {requests: {memory: lots}}}",
                    "defaults: {replicas: two}",
                    "defaults: {env: {QUARKUS_LOG_LEVEL: 5}}",
                    "services: {customer: {calls: [warehouse]}}",
                    "publicUrl: https://crm.example.com/",
                    "services: {campaign: {secretEnv: {TOKEN: {value: hunter2}}}}",
                    "services: {campaign: {smtp: {tls: starttls}}}",
                    "services: {gateway: {ingress: {trustedProxies: [anyone]}}}"
                })
        void aWrongValueIsRefusedBySchema(String values) {
            assertThat(Chart.refusal(values)).contains("values don't meet the specifications of the schema");
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "postgresql: {enabled: true}      | The chart brings no database: remove `postgresql`",
                    "ingress: {enabled: true}         | Only the gateway has an ingress: move `ingress` to `services.gateway",
                    "replicaCount: 2                  | Remove `replicaCount`: set `defaults.replicas`",
                    "env: {A: b}                      | Remove `env`: set `defaults.env`"
                })
        void aRemovedKeyFailsWithASentenceThatSaysWhatToDo(String values, String sentence) {
            assertThat(Chart.refusal(values)).contains(sentence);
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "publicUrl: ''                                       | Set `publicUrl` to the address",
                    "internalKey: {existingSecret: ''}                   | Set `internalKey.existingSecret`",
                    "defaults: {database: {host: ''}}                    | Set `defaults.database.host`",
                    "services: {consent: {database: {existingSecret: ''}}} | Set `services.consent.database.existingSecret`",
                    "services: {campaign: {smtp: {host: ''}}}            | Set `services.campaign.smtp.host`",
                    "services: {campaign: {dkim: {existingSecret: x}}}   | Set `services.campaign.dkim.domain`",
                    "services: {campaign: {dkim: {domain: a.b}}}         | Set `services.campaign.dkim.existingSecret`",
                    "services: {campaign: {sender: {address: ''}}}       | Set `services.campaign.sender.address`",
                    "services: {campaign: {smtp: {existingSecret: x, tls: none}}} | campaign would log in without TLS",
                    "services: {gateway: {admin: {existingSecret: ''}}}  | Set `services.gateway.admin.existingSecret`",
                    "services: {gateway: {ingress: {enabled: true, host: a.b}}} | Set `services.gateway.ingress.trustedProxies`",
                    "services: {gateway: {ingress: {enabled: true}}}     | Set `services.gateway.ingress.host`",
                    "services: {consent: {ingress: {enabled: true, host: a.b}}} | consent is not public",
                    "defaults: {gracePeriodSeconds: 30}                  | `gracePeriodSeconds` must be more than",
                    "defaults: {autoscaling: {enabled: true, minReplicas: 9}} | is more than its `maxReplicas`",
                    "monitoring: {serviceMonitor: {enabled: true}}       | Prometheus could not reach the services"
                })
        void contradictingOrMissingSettingsFailWithASentence(String values, String sentence) {
            assertThat(Chart.refusal(values)).contains(sentence);
        }

        @Test
        void allComplaintsAreToldAtOnce() {
            assertThat(Chart.refusal("{publicUrl: '', replicaCount: 1, internalKey: {existingSecret: ''}}"))
                    .contains("`publicUrl`", "`replicaCount`", "`internalKey.existingSecret`");
        }
    }
}
