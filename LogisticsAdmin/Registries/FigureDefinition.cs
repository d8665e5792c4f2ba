using System.Text.Json.Serialization;


namespace LogisticsAdmin.Registries;

/// <summary>
/// What a figure is: everything that is shown or printed of it comes from here. A change of what it counts raises its version; closed months
/// keep the definitions they were closed with.
/// </summary>
/// <param name="Code">Unique among all sections, never changed: stored with targets and closed months, and part of addresses.</param>
/// <param name="Version">The version of what it counts.</param>
/// <param name="Form">How it is computed from its rows.</param>
/// <param name="Unit">What it is measured in.</param>
/// <param name="Better">Which values are better.</param>
/// <param name="Measure">The measure of the rows that a sum, mean, median, percentile or ratio is made of; null for counts and shares.</param>
/// <param name="Words">Its name and what it counts.</param>
public sealed record FigureDefinition(
    string Code, int Version, FigureForm Form, FigureUnit Unit, FigureDirection Better, string? Measure, FigureWords Words)
{
    /// <summary>Only meaningful at this moment, such as what is due soon: on the dashboard, never in a report.</summary>
    public bool IsOfNow { get; init; }

    /// <summary>Only meaningful in the lines of a table, such as usage in different units: it has no value of the whole period.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsOfLines { get; init; }

    /// <summary>The measure whose sum a ratio is divided by; null for all others.</summary>
    public string? Divisor { get; init; }
}
