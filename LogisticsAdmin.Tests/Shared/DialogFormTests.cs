using System.Globalization;
using System.Text.RegularExpressions;
using Bunit;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Shared.Ui;
using LogisticsAdmin.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using MudBlazor;
using MudBlazor.Services;
using Xunit;

namespace LogisticsAdmin.Tests.Shared;

/// <summary>What all editing dialogs have in common: they submit once, show problems at their fields, and keep a draft.</summary>
public sealed partial class DialogFormTests : IAsyncLifetime
{
    private readonly BunitContext _page = new();
    private TestHost _host = null!;
    private BunitJSModuleInterop _script = null!;
    private IRenderedComponent<MudDialogProvider> _dialogs = null!;
    private long _me;

    public async ValueTask InitializeAsync()
    {
        _host = await TestHost.OpenAsync();
        var desk = await _host.AsAsync(TestUsers.Dispatcher);
        _me = desk.Get<CurrentUser>().PersonId;
        _page.JSInterop.Mode = JSRuntimeMode.Loose;
        _script = _page.JSInterop.SetupModule("./Shared/Ui/DialogFrame.razor.js");
        _script.Mode = JSRuntimeMode.Loose;
        _page.Services.AddMudServices();
        _page.Services.AddSingleton<IDraftOwner>(desk.Get<CurrentUser>());
        _page.Services.AddSingleton(desk.Get<RefusalText>());
        _page.Services.AddSingleton(_host.Services.GetRequiredService<IStringLocalizerFactory>());
        _page.Services.AddTransient(typeof(IStringLocalizer<>), typeof(StringLocalizer<>));
        _page.Services.AddScoped<Actions>();
        _page.Render<MudPopoverProvider>();
        _dialogs = _page.Render<MudDialogProvider>();
    }

    public async ValueTask DisposeAsync()
    {
        await _page.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task While_it_is_sent_its_button_is_disabled_and_a_second_submit_does_nothing()
    {
        var (sent, answer) = (0, new TaskCompletionSource());
        var dialog = await ShowAsync(p => p.Add(d => d.Save, _ => { sent++; return answer.Task; }));

        var first = _dialogs.Find("#name-form").SubmitAsync();
        Assert.True(_dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        await _dialogs.Find("#name-form").SubmitAsync();
        answer.SetResult();
        await first;

        Assert.Equal(1, sent);
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public async Task What_was_sent_goes_to_the_opener_and_its_draft_is_forgotten()
    {
        var dialog = await ShowAsync(p => p.Add(d => d.Edited, 12));
        await _dialogs.Find("#name").InputAsync("竹园");
        await _dialogs.Find("#name-form").SubmitAsync();

        Assert.Equal("竹园", (await dialog.Result)!.Data);
        Assert.Equal($"draft:{_me}:name-form:12", Assert.Single(_script.Invocations["forget"]).Arguments[0]);
        Assert.Empty(_dialogs.FindAll("#name-form"));
    }

    [Fact]
    public async Task A_browser_that_does_not_answer_keeps_no_sent_dialog_open()
    {
        var silent = _script.SetupVoid("forget", _ => true);
        var dialog = await ShowAsync();
        var sending = _dialogs.Find("#name-form").SubmitAsync();

        Assert.False((await dialog.Result.WaitAsync(TestTimeouts.Default, Xunit.TestContext.Current.CancellationToken))!.Canceled);
        silent.SetException(new TaskCanceledException());
        await sending;
    }

    [Fact]
    public async Task A_browser_that_fails_to_forget_the_draft_makes_no_problem_of_what_was_sent()
    {
        _script.SetupVoid("forget", _ => true).SetException(new JSException("storage"));
        var dialog = await ShowAsync();
        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.False((await dialog.Result)!.Canceled);
    }

    [Fact]
    public async Task A_refusal_is_shown_at_its_field_which_takes_the_focus_and_the_draft_stays()
    {
        await ShowAsync(p => p.Add(d => d.Save, _ => throw Rejected.Fields([new FieldProblem("Name", "", typeof(SharedText), [], "Too long.")])));
        await _dialogs.Find("#name-form").SubmitAsync();

        Assert.Equal("true", _dialogs.Find("#name").GetAttribute("aria-invalid"));
        Assert.Equal("name-problem", _dialogs.Find("#name").GetAttribute("aria-describedby"));
        Assert.Equal("Too long.", _dialogs.Find("#name-problem").TextContent);
        Assert.Equal("", _dialogs.Find("#name-form > .problem:last-child").TextContent);
        Assert.False(_dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        Assert.Equal("name-form", Assert.Single(_script.Invocations["focusProblem"]).Arguments[0]);
        Assert.Empty(_script.Invocations["forget"]);
    }

    [Fact]
    public async Task An_unexpected_error_is_shown_below_the_form_with_its_number_and_the_form_stays()
    {
        await ShowAsync(p => p.Add(d => d.Save, _ => throw new InvalidOperationException("database is locked")));
        await _dialogs.Find("#name").InputAsync("竹园");
        await _dialogs.Find("#name-form").SubmitAsync();

        Assert.Matches("编号 [0-9a-f]{12} |the number [0-9a-f]{12}", _dialogs.Find("#name-form > .problem:last-child").TextContent);
        Assert.False(_dialogs.Find("[data-confirm]").HasAttribute("disabled"));
        Assert.Empty(_script.Invocations["forget"]);
    }

    [Fact]
    public async Task A_refusal_of_no_field_on_the_page_is_shown_below_the_form()
    {
        var refusals = new Queue<Refusal>([new Forbidden(), Rejected.Fields([new FieldProblem("Other", "", typeof(SharedText), [], "Not this one.")])]);
        await ShowAsync(p => p.Add(d => d.Save, _ => throw refusals.Dequeue()));

        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.NotEmpty(_dialogs.Find("#name-form > .problem:last-child").TextContent);
        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.Equal("Not this one.", _dialogs.Find("#name-form > .problem:last-child").TextContent);
        Assert.Equal("false", _dialogs.Find("#name").GetAttribute("aria-invalid"));
    }

    [Fact]
    public async Task Leaving_it_sends_nothing_and_keeps_the_draft()
    {
        var dialog = await ShowAsync(p => p.Add(d => d.Save, _ => throw new InvalidOperationException("sent")));
        await _dialogs.Find("#name").InputAsync("竹园");
        await _dialogs.Find(".mud-dialog-actions .btn").ClickAsync();

        Assert.True((await dialog.Result)!.Canceled);
        Assert.Empty(_script.Invocations["forget"]);
        Assert.Empty(_script.Invocations["discard"]);
    }

    [Fact]
    public async Task A_kept_draft_is_put_back_and_can_be_discarded()
    {
        _script.Setup<RestoredDraft?>("open", _ => true).SetResult(new RestoredDraft(null, [new DraftField("name", "竹园")]));
        _script.Setup<DraftField[]>("discard", _ => true).SetResult([new DraftField("name", "")]);
        await ShowAsync();

        await _dialogs.WaitForElementAsync("[data-draft-restored]");
        Assert.Equal(new object?[] { "name-form", "name", "竹园", true }, Assert.Single(_script.Invocations["put"]).Arguments);
        await _dialogs.Find("[data-discard-draft]").ClickAsync();

        Assert.Empty(_dialogs.FindAll("[data-draft-restored]"));
        Assert.Equal($"draft:{_me}:name-form:new", Assert.Single(_script.Invocations["discard"]).Arguments[0]);
        Assert.Equal(new object?[] { "name-form", "name", "", false }, _script.Invocations["put"][^1].Arguments);
    }

    [Theory]
    [InlineData(7, "What you had typed is back.")]
    [InlineData(6, "What you had typed is back. The record was changed in the meantime: compare before you send.")]
    public async Task A_draft_of_an_earlier_version_says_so(long version, string said)
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(Languages.English);
        _script.Setup<RestoredDraft?>("open", _ => true).SetResult(new RestoredDraft(version, [new DraftField("name", "竹园")]));
        await ShowAsync(p => p.Add(d => d.Edited, 12));

        await _dialogs.WaitForElementAsync("[data-draft-restored]");
        Assert.Equal(said, _dialogs.Find("[data-draft-restored] span").TextContent);
        Assert.Equal(new object?[] { "name-form", $"draft:{_me}:name-form:12", 7L, null }, Assert.Single(_script.Invocations["open"]).Arguments);
    }

    [Fact]
    public async Task An_outdated_draft_is_sent_for_its_own_version_and_overwrites_only_after_its_author_was_told()
    {
        CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = new CultureInfo(Languages.English);
        _script.Setup<RestoredDraft?>("open", _ => true).SetResult(new RestoredDraft(6, [new DraftField("name", "竹园")]));
        List<long?> seen = [];
        var dialog = await ShowAsync(p =>
        {
            p.Add(d => d.Edited, 12);
            p.Add(d => d.Sees, seen.Add);
            p.Add(d => d.Save, _ => seen[^1] == 7 ? Task.CompletedTask : throw new Stale("沈国栋", "梅园"));
        });
        await _dialogs.WaitForElementAsync("[data-draft-restored]");
        await _dialogs.Find("#name").InputAsync("竹园");

        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.Contains("沈国栋", _dialogs.Find("#name-form > .problem:last-child").TextContent, StringComparison.Ordinal);
        Assert.Contains("yours takes its place", _dialogs.Find("[data-draft-restored] span").TextContent, StringComparison.Ordinal);
        Assert.Equal("竹园", _dialogs.Find("#name").GetAttribute("value"));
        Assert.Empty(_script.Invocations["forget"]);

        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.Equal([6, 7], seen);
        Assert.Equal("竹园", (await dialog.Result)!.Data);
    }

    [Fact]
    public async Task After_an_outdated_draft_was_discarded_the_version_of_the_page_is_sent()
    {
        _script.Setup<RestoredDraft?>("open", _ => true).SetResult(new RestoredDraft(6, [new DraftField("name", "竹园")]));
        _script.Setup<DraftField[]>("discard", _ => true).SetResult([new DraftField("name", "")]);
        List<long?> seen = [];
        await ShowAsync(p =>
        {
            p.Add(d => d.Edited, 12);
            p.Add(d => d.Sees, seen.Add);
        });
        await _dialogs.WaitForElementAsync("[data-draft-restored]");
        await _dialogs.Find("[data-discard-draft]").ClickAsync();
        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.Equal([7], seen);
    }

    [Fact]
    public void Every_dialog_with_a_version_sends_the_one_its_draft_was_typed_for()
    {
        var dialogs = SourceTree.App(".razor").Where(f => f.Value.Contains("override long? Version", StringComparison.Ordinal)).ToList();
        Assert.True(dialogs.Count >= 6, "The dialogs are not found any more.");
        Assert.Empty(dialogs.Where(f => !f.Value.Contains("SeenVersion", StringComparison.Ordinal)).Select(f => f.Key));
    }

    [Fact]
    public async Task A_dialog_for_secrets_keeps_no_draft()
    {
        await ShowAsync(p => p.Add(d => d.IsSecret, true));
        await _dialogs.Find("#name-form").SubmitAsync();
        Assert.Empty(_script.Invocations["open"]);
        Assert.Empty(_script.Invocations["forget"]);
    }

    [Fact]
    public void Every_dialog_in_which_a_password_or_code_is_typed_keeps_no_draft()
    {
        var app = SourceTree.App(".razor");
        Assert.True(app.Count(f => IsDialog(f.Value)) >= 15, "The dialogs are not found any more.");
        Assert.Contains(app, f => Secret().IsMatch(f.Value));
        Assert.Empty(Leaking(app));
    }

    [Theory]
    [InlineData("<input id=\"pin\" type=\"password\" />")]
    [InlineData("<input id=\"pin\" type='password' />")]
    [InlineData("<input id=\"pin\" autocomplete=\"one-time-code\" />")]
    [InlineData("<FormText TValue=\"string\" Id=\"pin\" Kind=\"InputType.Password\" />")]
    public void A_dialog_that_kept_a_draft_of_a_secret_would_be_found(string field)
    {
        static string Of(string content, string code = "") =>
            $"@inherits DialogForm\n<DialogFrame For=\"this\">{content}</DialogFrame>\n@code {{ {code} }}";

        var planted = new Dictionary<string, string>(SourceTree.App(".razor"))
        {
            ["X/PlainDialog.razor"] = Of("<input id=\"name\" />"),
            ["X/LeakDialog.razor"] = Of(field),
            ["X/SafeDialog.razor"] = Of(field, "protected override bool KeepsDraft => false;"),
            ["X/PinField.razor"] = field,
            ["X/PinPart.razor"] = "<div><PinField /></div>",
            ["X/NestedDialog.razor"] = Of("<PinPart\n Id=\"pin\" />"),
            ["X/SafeNestedDialog.razor"] = Of("<PinField />", "protected override bool KeepsDraft => false;"),
        };
        Assert.Equal(["X/LeakDialog.razor", "X/NestedDialog.razor"], Leaking(planted).Order());
    }

    [Fact]
    public void Every_dialog_that_sends_something_is_a_DialogForm()
    {
        var others = SourceTree.App(".razor").Select(f => (Path: f.Key, Text: f.Value))
            .Where(f => f.Text.Contains("<MudDialog>", StringComparison.Ordinal) && f.Text.Contains("@onsubmit", StringComparison.Ordinal)).Select(f => f.Path);
        Assert.Equal(["LogisticsAdmin/Shared/Ui/DialogFrame.razor"], others);
    }

    private async Task<IDialogReference> ShowAsync(Action<DialogParameters<NameDialog>>? set = null)
    {
        var parameters = new DialogParameters<NameDialog>();
        set?.Invoke(parameters);
        var dialogs = _page.Services.GetRequiredService<IDialogService>();
        IDialogReference? shown = null;
        await _dialogs.InvokeAsync(async () => shown = await dialogs.ShowAsync<NameDialog>("Name", parameters, DialogSize.Narrow));
        return shown!;
    }

    private static bool IsDialog(string component) => component.Contains("@inherits DialogForm", StringComparison.Ordinal);

    /// <summary>The dialogs that keep drafts though they, or components inside them, have a field for a secret.</summary>
    private static List<string> Leaking(IReadOnlyDictionary<string, string> components)
    {
        var secret = components.Where(f => Secret().IsMatch(f.Value)).Select(f => f.Key).ToHashSet();
        for (var known = 0; known < secret.Count;)
        {
            known = secret.Count;
            var tags = string.Join('|', secret.Select(path => Regex.Escape(Path.GetFileNameWithoutExtension(path))));
            secret.UnionWith(components.Where(f => Regex.IsMatch(f.Value, $@"<({tags})[\s/>]")).Select(f => f.Key));
        }
        return [.. secret.Where(path => IsDialog(components[path]) && !components[path].Contains("KeepsDraft => false", StringComparison.Ordinal))];
    }

    [GeneratedRegex(@"type=[""']password|InputType\.Password|one-time-code|(current|new)-password", RegexOptions.IgnoreCase)]
    private static partial Regex Secret();
}
