using System.Text;
using LogisticsAdmin.Documents;
using LogisticsAdmin.Features.Fees.Ledger;
using LogisticsAdmin.Security;
using LogisticsAdmin.Shared;
using LogisticsAdmin.Spreadsheets.Writing;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Localization;

namespace LogisticsAdmin.Features.Fees.Payments;

internal static class PaymentsEndpoints
{
    private const string Success = "success", Failure = "fail";

    public static void MapPayments(this IEndpointRouteBuilder app)
    {
        // Gateways have no account; the signature of a message alone is believed.
        app.MapPost("/pay/notify/{gateway}", NotifyAsync).AllowAnonymous().DisableAntiforgery()
            .WithMetadata(new RequestSizeLimitAttribute(PaymentLimits.NoticeBytes));
        app.MapGet("/pay/go/{request}", GoAsync).RequireAuthorization();
        app.MapGet("/my/fees/receipts/{number}.pdf", (string number, ReceiptDocument receipt, IDocumentEngine engine, HttpContext context) =>
            PdfAnswer.WriteAsync(context, number, engine, () => receipt.ReadAsync(number, context.RequestAborted)))
            .RequireAuthorization().DisableCookieRedirect();
        if (PaymentsSetup.HasSandbox(app.ServiceProvider)) app.MapSandbox();

        var exports = app.MapGroup("").RequireAuthorization(Policies.Office);
        exports.MapExport("fee-accounts").MapGet("",
            (string? q, string? kind, string? state, string? sort, LedgerQueries ledger, IStringLocalizer<PaymentsText> words) =>
                new ExportFile<AccountRow>(
                    words["Accounts.Title"], AccountExport.Accounts(words), ct => ledger.AllAsync(AccountFilter.Parse(q, kind, state, sort), ct)));
        exports.MapExport("fee-statement").MapGet("", (string? account, LedgerQueries ledger, IStringLocalizer<PaymentsText> words) =>
        {
            // No account has the id 0.
            var id = TypedId.Parse(account) ?? 0;
            return new ExportFile<StatementRow>(words["Statement.Title"], AccountExport.Statement(words), ct => ledger.WholeStatementAsync(id, ct));
        });
    }

    private static void MapSandbox(this IEndpointRouteBuilder app)
    {
        app.MapGet("/pay/sandbox/{request}", PageAsync).RequireAuthorization();
        app.MapPost("/pay/sandbox/{request}", async (string request, HttpContext context, SandboxBank bank, CancellationToken ct) =>
        {
            var form = await context.Request.ReadFormAsync(ct);
            if (!Enum.TryParse<SandboxAct>(form["act"], out var act) || !Enum.IsDefined(act)) return Results.BadRequest();
            try
            {
                var (order, _) = await bank.OrderOfAsync(request, ct);
                await bank.DoAsync(request, act, ct);
                return Results.LocalRedirect($"~/{PaymentAddresses.Order(order)}");
            }
            catch (NotFound)
            {
                return Results.NotFound();
            }
            catch (Rejected)
            {
                return Results.Conflict();
            }
        }).RequireAuthorization().DisableAntiforgery();
    }

    private static async Task<IResult> PageAsync(string request, SandboxBank bank, CancellationToken ct)
    {
        try
        {
            var (order, amount) = await bank.OrderOfAsync(request, ct);
            return new Microsoft.AspNetCore.Http.HttpResults.RazorComponentResult<SandboxPage>(new { Order = order, Amount = amount });
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    private static async Task<IResult> NotifyAsync(
        string gateway, HttpContext context, NotificationService notifications, NoticeLimits limits, CancellationToken ct)
    {
        if (!limits.Allows(context.Connection.RemoteIpAddress?.ToString() ?? ""))
        {
            context.Response.Headers.RetryAfter = "60";
            return Results.StatusCode(StatusCodes.Status429TooManyRequests);
        }
        if (await TextOfAsync(context.Request, ct) is not { } raw) return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        try
        {
            return Results.Text(await notifications.ReceiveAsync(gateway, NoticeForm.Parse(raw), raw, ct) ? Success : Failure);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }

    /// <summary>Null when it is longer than a message may be, whatever its headers say.</summary>
    private static async Task<string?> TextOfAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > PaymentLimits.NoticeBytes) return null;
        var buffer = new byte[PaymentLimits.NoticeBytes + 1];
        var length = await request.Body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length > PaymentLimits.NoticeBytes ? null : Encoding.UTF8.GetString(buffer, 0, length);
    }

    // A link and no form: the policy of the app's pages lets forms lead nowhere else, not even by a redirect.
    private static async Task<IResult> GoAsync(string request, HttpContext context, PaymentService payments, CancellationToken ct)
    {
        try
        {
            var address = await payments.PayAddressAsync(request, IsPhone(context.Request), ct);
            context.Response.Headers.CacheControl = "no-store";
            return Uri.TryCreate(address, UriKind.Absolute, out var elsewhere) && elsewhere.Scheme.StartsWith("http", StringComparison.Ordinal)
                ? Results.Redirect(address) : Results.LocalRedirect($"~/{address}");
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
        catch (Rejected)
        {
            return Results.LocalRedirect($"~/{PaymentAddresses.Mine}");
        }
    }

    private static bool IsPhone(HttpRequest request) =>
        request.Headers["Sec-CH-UA-Mobile"] == "?1" || request.Headers.UserAgent.ToString().Contains("Mobi", StringComparison.OrdinalIgnoreCase);
}
