/** Prompts that are built as they stand. */
export const EXAMPLES: readonly { name: string; prompt: string }[] = [
  { name: 'To-do list', prompt: 'Create a todo list CRUD backend with users and tags' },
  {
    name: 'Blog',
    prompt:
      'A blog. Each post belongs to an author and has a title, a body and a status (draft or published). Posts have comments and tags. Readers can like posts. Only the author may edit a post; an editor may publish it.',
  },
  {
    name: 'Shop',
    prompt:
      'Build an e-commerce API with products (name, description, price, stock), categories, carts and orders with order lines. Customers see their own orders only. An admin manages products and may mark an order as paid, shipped or cancelled.',
  },
  {
    name: 'Clinic',
    prompt:
      'Clinic appointments: patients, doctors with a speciality, appointments with a start time, a duration in minutes and a status (scheduled, completed, cancelled). As a receptionist I want to cancel an appointment. Prescriptions belong to an appointment.',
  },
  {
    name: 'Leave requests',
    prompt:
      'HR leave requests. Employees belong to a department and file leave requests with a start date, an end date, a reason and a kind (holiday, sick, unpaid). As a manager I want to approve or reject leave requests.',
  },
];
