using Microsoft.Extensions.Localization;
using MudBlazor;

namespace LogisticsAdmin.Components;

/// <summary>Words of the shell's component library; what is missing here stays in the library's English.</summary>
public sealed class MudText;

/// <summary>MudBlazor in both languages of the house.</summary>
internal sealed class HouseMudLocalizer(IStringLocalizer<MudText> words) : MudLocalizer
{
    public override LocalizedString this[string key] => words[key];

    public override LocalizedString this[string key, params object[] arguments] => words[key, arguments];
}
