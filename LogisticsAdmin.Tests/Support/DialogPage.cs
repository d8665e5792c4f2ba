using Bunit;
using LogisticsAdmin.Shared.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using MudBlazor;
using MudBlazor.Services;

namespace LogisticsAdmin.Tests.Support;

/// <summary>A page without a browser on which one person opens dialogs of the app, with the app's own services behind them.</summary>
internal sealed class DialogPage : IAsyncDisposable
{
    private readonly BunitContext _page = new();
    private readonly BunitJSModuleInterop _script;

    public DialogPage(Desk desk)
    {
        _page.JSInterop.Mode = JSRuntimeMode.Loose;
        _script = _page.JSInterop.SetupModule("./Shared/Ui/DialogFrame.razor.js");
        _script.Mode = JSRuntimeMode.Loose;
        _page.Services.AddMudServices();
        _page.Services.AddSingleton(desk.Get<RefusalText>());
        _page.Services.AddSingleton(desk.Get<IStringLocalizerFactory>());
        _page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        _page.Services.AddScoped<Actions>();
        _page.Services.AddFallbackServiceProvider(desk.Get<IServiceProvider>());
        _page.Render<MudPopoverProvider>();
        Dialogs = _page.Render<MudDialogProvider>();
    }

    public IRenderedComponent<MudDialogProvider> Dialogs { get; }

    /// <summary>The key under which the dialog opened last keeps its draft.</summary>
    public string LastKey => (string)_script.Invocations["open"][^1].Arguments[1]!;

    /// <summary>What stands below the form of the dialog.</summary>
    public string Problem => Dialogs.Find("form > .problem:last-child").TextContent;

    /// <summary>What the browser kept for every dialog that is opened from now on.</summary>
    public void Keep(RestoredDraft draft) => _script.Setup<RestoredDraft?>("open", _ => true).SetResult(draft);

    public async Task<IDialogReference> ShowAsync<TDialog>(Action<DialogParameters<TDialog>> set) where TDialog : IComponent
    {
        var parameters = new DialogParameters<TDialog>();
        set(parameters);
        IDialogReference? shown = null;
        var dialogs = _page.Services.GetRequiredService<IDialogService>();
        await Dialogs.InvokeAsync(async () => shown = await dialogs.ShowAsync<TDialog>("Dialog", parameters, DialogSize.Narrow));
        return shown!;
    }

    public async Task<string> KeyOfAsync<TDialog>(Action<DialogParameters<TDialog>> set) where TDialog : IComponent
    {
        await ShowAsync(set);
        return LastKey;
    }

    public ValueTask DisposeAsync() => _page.DisposeAsync();
}
