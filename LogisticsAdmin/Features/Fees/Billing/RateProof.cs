using System.Text.Json;
using System.Text.Json.Serialization;
using LogisticsAdmin.Features.Fees.Pricing;

namespace LogisticsAdmin.Features.Fees.Billing;

/// <summary>A rate that a bill was priced by, with its rule as it stood; without an id for days without a rate.</summary>
public sealed record RateProof(long? RateId, [property: JsonConverter(typeof(RateProof.RuleAsText))] PriceRule Rule, DateOnly First, DateOnly Last)
{
    [JsonIgnore]
    public RateSpan Span => new(RateId, Rule, First, Last);

    public static RateProof Of(RateSpan span) => new(span.RateId, span.Rule, span.First, span.Last);

    internal sealed class RuleAsText : JsonConverter<PriceRule>
    {
        public override PriceRule Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => PriceRule.Parse(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, PriceRule rule, JsonSerializerOptions options) => writer.WriteStringValue(rule.ToJson());
    }
}
