using Microsoft.Extensions.Localization;
using MudBlazor;

namespace LogisticsAdmin.Components;

/// <summary>Translations of MudBlazor's own texts. Keys that are missing here keep MudBlazor's English text.</summary>
public sealed class MudText;

/// <summary>MudBlazor in both languages of the app.</summary>
internal sealed class ShellMudLocalizer(IStringLocalizer<MudText> words) : MudLocalizer
{
    public override LocalizedString this[string key] => words[key];

    public override LocalizedString this[string key, params object[] arguments] => words[key, arguments];
}
