using LogisticsAdmin.Features.Repairs.Tickets;
using LogisticsAdmin.Features.Repairs.Work;
using LogisticsAdmin.Features.ServiceLevels;
using LogisticsAdmin.Tests.Support;
using Microsoft.EntityFrameworkCore;
using static Microsoft.Playwright.Assertions;

namespace LogisticsAdmin.Tests.Browser;

/// <summary>Steps that the tests share, done on a page or through the services behind it.</summary>
internal static class VisitorActions
{
    extension(Visitor visitor)
    {
        /// <summary>Fills in the report form as a resident whose room and phone are known; returns the ticket's number.</summary>
        public async Task<string> ReportAsync(string description)
        {
            var page = visitor.Page;
            await visitor.GoAsync("/my/repairs/new");
            var categories = page.Locator("#report-CategoryId");
            await visitor.PressAsync("[data-tiles] label");
            await categories.SelectOptionAsync(await categories.Locator("optgroup:not([hidden]) option").First.GetAttributeAsync("value") ?? "");
            await page.FillAsync("#report-Description", description);
            await visitor.PressAsync("main form[data-check] button[type=submit].primary");
            var ticket = page.Locator("[data-ticket]").First;
            await Expect(ticket).ToHaveAttributeAsync("data-status", nameof(TicketStatus.New));
            return await ticket.GetAttributeAsync("data-ticket") ?? "";
        }

        /// <summary>Assigns the selected ticket of the desk with the keyboard only.</summary>
        public async Task AssignByKeyboardAsync(string technician)
        {
            var page = visitor.Page;
            var keys = page.Keyboard;
            await Expect(page.Locator("section.sheet #sheet-title")).ToBeVisibleAsync();
            await keys.PressAsync("a");
            await Expect(page.Locator("#assign-technician input:checked")).ToBeFocusedAsync();
            // The best candidates come first, so few steps are needed; each step selects the next radio button.
            var chosen = page.Locator("#assign-technician label:has(:checked) .name");
            for (var i = 0; i < 30 && !(await chosen.AllTextContentsAsync()).Contains(technician); i++) await keys.PressAsync("ArrowDown");
            await keys.PressAsync("Enter");
            await Expect(page.Locator("#assign-form")).ToHaveCountAsync(0);
        }
    }

    extension(AppWithUsers work)
    {
        /// <summary>The resident reports a fault; returns the ticket's number.</summary>
        public async Task<string> ReportAsync(string description, Urgency? urgency = null)
        {
            var form = await work.FormAsync();
            (form.Description, form.Urgency) = (description, urgency);
            return await (await work.AsAsync(urgency is null ? TestUsers.Resident : TestUsers.Dispatcher)).Intake.SubmitAsync(form);
        }

        /// <summary>A ticket of the resident after a number of steps with 孙强: none, assigned, taken, started, completed, verified.</summary>
        public async Task<string> TicketAsync(string description, int steps)
        {
            var number = await work.ReportAsync(description);
            var id = await work.IdAsync(number);
            var (office, technician, resident) = (await work.AsAsync(TestUsers.Dispatcher), await work.AsAsync(TestUsers.Technician),
                await work.AsAsync(TestUsers.Resident));
            var worker = await work.InDatabaseAsync(db => db.Users.SingleAsync(p => p.Id == technician.PersonId));
            var assignment = new AssignForm { ExpectedStatus = TicketStatus.New, CrewId = worker.CrewId, TechnicianId = worker.Id, Note = "带上梯子" };
            if (steps > 0) await office.Repairs.AssignAsync(id, assignment);
            if (steps > 0) await office.Repairs.CommentAsync(id, new CommentForm { Text = "已联系宿管，可直接上门", Internal = true });
            if (steps > 1) await technician.Repairs.TakeAsync(id);
            if (steps > 2) await technician.Repairs.StartAsync(id);
            if (steps > 3) await technician.Repairs.CompleteAsync(id, new NoteForm { Note = "换了阀芯" });
            if (steps > 4) await resident.Repairs.VerifyAsync(id, new NoteForm());
            return number;
        }
    }
}
